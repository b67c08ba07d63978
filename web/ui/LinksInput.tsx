/** Several of a few things, chosen by name (roles, teams): the input, and their names to be read. */
import { Badge, Group, MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Pick } from './RecordPicker.tsx'

type Find = () => Promise<Pick[]>
type LinksInputProps = { label: string; kind: string; find: Find; value: string[]; onValue: (ids: string[]) => void; required?: boolean; error?: string | undefined; disabled?: boolean }

/** Where they cannot be read (somebody without the right to) nothing is found, and the ids are counted instead. */
const useChoices = (kind: string, find: Find) => useQuery({ queryKey: ['choices', kind], queryFn: () => find().catch((): Pick[] => []) }).data

export function LinksInput({ kind, find, value, onValue, ...input }: LinksInputProps) {
  const choices = useChoices(kind, find) ?? []
  const gone = value.filter((id) => !choices.some((choice) => choice.id === id)).map((id) => ({ value: id, label: 'Removed' }))
  return (
    <MultiSelect {...input} data={[...choices.map(({ id, name }) => ({ value: id, label: name })), ...gone]} value={value} onChange={onValue}
      searchable={choices.length > 8} placeholder={value.length > 0 ? undefined : 'None'} nothingFoundMessage="Nothing found" />
  )
}

export function LinkNames({ kind, ids, find }: { kind: string; ids: string[]; find: Find }) {
  const choices = useChoices(kind, find)
  if (!choices) return null
  const names = ids.flatMap((id) => choices.find((choice) => choice.id === id)?.name ?? [])
  return <Group gap={4}>{names.map((name) => <Badge key={name} color="gray">{name}</Badge>)}{names.length < ids.length && <Badge color="gray" variant="outline">{ids.length - names.length} more</Badge>}</Group>
}
