/** Users who get a mail: found by name, taken out one by one. */
import { Button, Group, Stack } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { finder } from '../../api/find.ts'
import { type Pick, RecordPicker } from '../../ui/RecordPicker.tsx'

type RecipientsInputProps = { value: Pick[]; onValue: (value: Pick[]) => void; error?: string | undefined }

export function RecipientsInput({ value, onValue, error }: RecipientsInputProps) {
  const add = (pick: Pick | null) => { if (pick && !value.some(({ id }) => id === pick.id)) onValue([...value, { id: pick.id, name: pick.name }]) }
  return (
    <Stack gap={6}>
      <RecordPicker label="To" description="Everybody gets what they may see." kind="users" find={finder('users')} value={null} onPick={add} placeholder="Add a user by name" error={error} />
      {value.length > 0 && (
        <Group gap={6} component="ul" style={{ listStyle: 'none' }} m={0} p={0} aria-label="Recipients">
          {value.map(({ id, name }) => (
            <li key={id}>
              <Button size="compact-sm" variant="light" color="gray" rightSection={<IconX size={14} aria-hidden />} aria-label={`Take ${name} out`} onClick={() => onValue(value.filter((each) => each.id !== id))}>{name}</Button>
            </li>
          ))}
        </Group>
      )}
    </Stack>
  )
}
