/** How the file is read: as it was guessed, until somebody says otherwise. Each control tells only what it changes. */
import { Group, NativeSelect, Switch } from '@mantine/core'
import { encodings, type FileReading, type Preview } from '../../../src/exchange/contract.ts'

const encodingOptions = encodings.map((value) => ({ value, label: value === 'windows-1252' ? 'Windows-1252' : value.toUpperCase() }))
const delimiterOptions = [{ value: ',', label: 'Comma' }, { value: ';', label: 'Semicolon' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Bar' }]

type FileReadingControlsProps = { preview: Preview; reading: FileReading; onReading: (change: Partial<FileReading>) => void }

export function FileReadingControls({ preview, reading, onReading }: FileReadingControlsProps) {
  return (
    <Group gap="sm">
      {preview.encoding && <NativeSelect aria-label="Encoding" size="xs" data={encodingOptions} value={reading.encoding ?? preview.encoding}
        onChange={(event) => onReading({ encoding: event.currentTarget.value as FileReading['encoding'] })} />}
      {preview.delimiter && <NativeSelect aria-label="Separated by" size="xs" data={delimiterOptions} value={reading.delimiter ?? preview.delimiter}
        onChange={(event) => onReading({ delimiter: event.currentTarget.value as FileReading['delimiter'] })} />}
      {preview.sheets.length > 1 && <NativeSelect aria-label="Sheet" size="xs" data={preview.sheets} value={reading.sheet ?? preview.sheet ?? ''}
        onChange={(event) => onReading({ sheet: event.currentTarget.value })} />}
      <Switch label="First row is a header" size="sm" checked={reading.header} onChange={(event) => onReading({ header: event.currentTarget.checked })} />
    </Group>
  )
}
