/** Step one: what comes in, and the file. Says what was found in it; how it is read can be changed. */
import { Group, Select, Stack, Text } from '@mantine/core'
import type { FileReading } from '../../../src/exchange/contract.ts'
import type { EntityType } from '../../api/entity-types.ts'
import type { ApiError } from '../../api/problem.ts'
import { DropZone } from '../../ui/DropZone.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { counted } from '../../ui/words.ts'
import { FileReadingControls } from './FileReadingControls.tsx'
import type { ImportDraft } from './import-draft.ts'

type FileStepProps = {
  types: EntityType[]; draft: ImportDraft; looking: boolean; error: ApiError | null
  onType: (name: string) => void; onFile: (file: File) => void; onReading: (change: Partial<FileReading>) => void
}

export function FileStep({ types, draft, looking, error, onType, onFile, onReading }: FileStepProps) {
  const { preview, file } = draft
  return (
    <Stack>
      <Select label="What is in the file" w={{ base: '100%', sm: 280 }} data={types.filter(({ name }) => name !== 'User').map(({ name, plural }) => ({ value: name, label: plural }))}
        value={draft.entityType} onChange={(name) => name && onType(name)} />
      <DropZone label={file ? 'Choose another file' : 'Drop a CSV or XLSX file here, or choose one'} accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" busy={looking} onFile={onFile} />
      <ErrorNote error={error} />
      {file && preview && (
        <Group gap="sm">
          <Text size="sm" fw={600}>{file.name}</Text>
          <Text size="sm" c="dimmed">
            {Math.max(1, file.size / 1024).toLocaleString(undefined, { maximumFractionDigits: 0 })} kB · {counted(preview.columns.length, 'column')}
          </Text>
          <FileReadingControls preview={preview} reading={draft.reading} onReading={onReading} />
        </Group>
      )}
    </Stack>
  )
}
