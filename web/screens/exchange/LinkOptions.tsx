/** What becomes of a row whose related record, given by name, does not exist. */
import { Radio, Stack } from '@mantine/core'
import type { MissingLinks } from './import-draft.ts'

export function LinkOptions({ value, onValue }: { value: MissingLinks; onValue: (value: MissingLinks) => void }) {
  return (
    <Radio.Group label="A related record that is not here" description="Several of one name are never guessed between." value={value} onChange={(chosen) => onValue(chosen as MissingLinks)}>
      <Stack gap={8} mt={6}>
        <Radio value="reject" label="Reject the row" />
        <Radio value="leaveEmpty" label="Import the row without it, with a warning" />
        <Radio value="create" label="Create it by its name" />
      </Stack>
    </Radio.Group>
  )
}
