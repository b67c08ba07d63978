/** The details of a campaign activity: in which campaign, mass email, by which link, since when. Everything may stay open. */
import { NumberInput, Stack } from '@mantine/core'
import type { ValueChoices } from './FilterBuilder.tsx'
import { type Deed, type FilterField, activityOf } from './filter.ts'
import { FilterCampaigns } from './FilterCampaigns.tsx'
import { massEmailField, trackingUrlField, useNames } from './filter-words.ts'
import { RecordPicker } from './RecordPicker.tsx'

type FilterDeedProps = ValueChoices & { field: FilterField; deed: Deed; onDeed: (deed: Deed) => void }

export function FilterDeed({ field, deed, onDeed, ...choices }: FilterDeedProps) {
  const clicked = activityOf(field.name) === 'clicked'
  const { campaignId, massEmailId, trackingUrlId, withinDays } = deed
  return (
    <Stack gap={8}>
      <FilterCampaigns deed={deed} onCampaigns={(campaigns) => onDeed({ ...withinDaysOf(deed), ...campaigns })} {...choices} />
      {(campaignId || massEmailId) && (
        <Thing of={massEmailField} label="Mass email" placeholder="Any of its mass emails" id={massEmailId} within={campaignId} {...choices} onId={(id) => onDeed(withId(deed, 'massEmailId', id))} />
      )}
      {clicked && (campaignId || trackingUrlId) && (
        <Thing of={trackingUrlField} label="Link" placeholder="Any link" id={trackingUrlId} within={campaignId} {...choices} onId={(id) => onDeed(withId(deed, 'trackingUrlId', id))} />
      )}
      <NumberInput label="Within the last days" placeholder="At any time" min={0} max={36_525} allowDecimal={false} value={withinDays ?? ''}
        onChange={(days) => onDeed({ ...without(deed, 'withinDays'), ...(days !== '' && { withinDays: Number(days) }) })} />
    </Stack>
  )
}

const without = (deed: Deed, key: keyof Deed): Deed => Object.fromEntries(Object.entries(deed).filter(([each]) => each !== key))
const withId = (deed: Deed, key: keyof Deed, id: string | undefined): Deed => ({ ...without(deed, key), ...(id && { [key]: id }) })
/** Another campaign has other mass emails and links. */
const withinDaysOf = ({ withinDays }: Deed): Deed => (withinDays === undefined ? {} : { withinDays })

type ThingProps = ValueChoices & { of: FilterField; label: string; placeholder: string; id: string | undefined; within?: string | undefined; onId: (id: string | undefined) => void }

function Thing({ of, label, placeholder, id, within, onId, find, ...choices }: ThingProps) {
  const names = useNames(id ? [{ field: of, id }] : [], choices)
  return (
    <RecordPicker label={label} placeholder={placeholder} kind={`${of.type} ${within ?? ''}`} value={id ? { id, name: names[id] ?? '…' } : null}
      find={async (text) => (await find?.(of, text, within) ?? []).map(({ value, label }) => ({ id: value, name: label }))} onPick={(pick) => onId(pick?.id)} />
  )
}
