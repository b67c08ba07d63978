/** How the file is read: as it was guessed, until somebody says otherwise. */
import { Group, NativeSelect, Switch } from '@mantine/core'
import { encodings, type FileReading, type Preview } from '../../../src/exchange/contract.ts'

const encodingOptions = encodings.map((value) => ({ value, label: value === 'windows-1252' ? 'Windows-1252' : value.toUpperCase() }))
const delimiterOptions = [{ value: ',', label: 'Comma' }, { value: ';', label: 'Semicolon' }, { value: '\t', label: 'Tab' }, { value: '|', label: 'Bar' }]

type FileReadingControlsProps = { preview: Preview; reading: FileReading; onReading: (reading: FileReading) => void }

export function FileReadingControls({ preview, reading, onReading }: FileReadingControlsProps) {
  return (
    <Group gap="sm">
      <NativeSelect aria-label="Encoding" size="xs" data={encodingOptions} value={preview.encoding}
        onChange={(event) => onReading({ ...reading, encoding: event.currentTarget.value as Preview['encoding'] })} />
      <NativeSelect aria-label="Separated by" size="xs" data={delimiterOptions} value={preview.delimiter}
        onChange={(event) => onReading({ ...reading, delimiter: event.currentTarget.value as Preview['delimiter'] })} />
      <Switch label="First row is a header" size="sm" checked={reading.header} onChange={(event) => onReading({ ...reading, header: event.currentTarget.checked })} />
    </Group>
  )
}
