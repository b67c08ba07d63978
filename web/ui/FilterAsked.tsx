/** The value of a condition, or (in a report) the question that is asked for it when the report is run. */
import { Checkbox, Stack, TextInput } from '@mantine/core'
import { FilterValue, type FilterValueProps } from './FilterValue.tsx'
import { isAsked } from './filter.ts'

export function FilterAsked(props: FilterValueProps) {
  const { field, kind, value, onValue, asks } = props
  if (kind === 'none' || (!asks && !isAsked(value))) return <FilterValue {...props} />
  const asked = isAsked(value) ? value : undefined
  return (
    <Stack gap={8}>
      <FilterValue {...props} value={asked ? asked.default : value} onValue={(given) => onValue(asked ? { ...asked, default: given } : given)} />
      <Checkbox size="xs" label="Ask when the report is run" checked={asked !== undefined} aria-label={`Ask for ${field.label} when the report is run`}
        onChange={(event) => onValue(event.currentTarget.checked ? { asked: '', label: field.label, default: value } : asked?.default)} />
      {asked && (
        <TextInput size="xs" label="The question" description="The value above counts until somebody answers; without one the condition is left out." maxLength={200}
          value={asked.label} onChange={(event) => onValue({ ...asked, label: event.currentTarget.value })} />
      )}
    </Stack>
  )
}
