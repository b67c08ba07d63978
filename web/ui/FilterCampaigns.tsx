/** In which campaigns somebody did something: any, some by name, or the last so many, whichever those are when it is looked at. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Choice, ValueChoices } from './FilterBuilder.tsx'
import type { Deed } from './filter.ts'
import { campaignField, lastCampaignsWords, useNames } from './filter-words.ts'

type Campaigns = Pick<Deed, 'campaignId' | 'campaignIds' | 'lastCampaigns'>
type FilterCampaignsProps = ValueChoices & { deed: Deed; onCampaigns: (campaigns: Campaigns) => void }

const lastPrefix = 'last:'
const usual = [1, 3, 5, 10]
const most = 50

export function FilterCampaigns({ deed, onCampaigns, find, ...choices }: FilterCampaignsProps) {
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text, 250)
  const found = useQuery({ queryKey: ['filter values', 'campaign', settled], queryFn: () => find!(campaignField, settled), enabled: find !== undefined, placeholderData: (before) => before })
  const chosen = chosenOf(deed)
  const names = useNames(chosen.filter((value) => !value.startsWith(lastPrefix)).map((id) => ({ field: campaignField, id })), choices)
  const last = [...lastOnes(text), ...chosen.filter((value) => value.startsWith(lastPrefix)).map(choiceOfLast)].filter(isFirst)
  const campaigns = found.data ?? []
  const known = chosen.filter((value) => !value.startsWith(lastPrefix) && !campaigns.some((choice) => choice.value === value)).map((value) => ({ value, label: names[value] ?? '…' }))
  return (
    <MultiSelect label="In campaign" placeholder={chosen.length === 0 ? 'Any campaign' : undefined} searchable hidePickedOptions maxDropdownHeight={260}
      data={[{ group: 'The last ones', items: last }, { group: 'Campaigns', items: [...campaigns, ...known] }].filter(({ items }) => items.length > 0)}
      value={chosen} onChange={(values) => onCampaigns(campaignsOf(values))} searchValue={text} onSearchChange={setText} nothingFoundMessage={found.isLoading ? 'Searching…' : 'No campaign is called that'}
      // The server has searched already.
      filter={({ options }) => options} />
  )
}

/** The usual numbers, or the one that somebody types; names of campaigns are searched beside. */
function lastOnes(text: string): Choice[] {
  const typed = /(\d+)/.exec(text)?.[1]
  const asksForLast = text.trim() === '' || 'the last campaigns'.includes(text.trim().toLowerCase().replace(/\d+/, '').trim())
  const counts = typed ? [Number(typed)].filter((count) => count >= 1 && count <= most) : asksForLast ? usual : []
  return counts.map((count) => choiceOfLast(`${lastPrefix}${count}`))
}

const choiceOfLast = (value: string): Choice => ({ value, label: lastCampaignsWords(Number(value.slice(lastPrefix.length))) })
const isFirst = ({ value }: Choice, index: number, all: Choice[]) => all.findIndex((other) => other.value === value) === index

const chosenOf = ({ campaignId, campaignIds, lastCampaigns }: Deed): string[] =>
  (lastCampaigns !== undefined ? [`${lastPrefix}${lastCampaigns}`] : [...new Set([...(campaignId ? [campaignId] : []), ...(campaignIds ?? [])])])

/** "The last three" and campaigns by name do not go together: what was chosen last counts. */
function campaignsOf(values: string[]): Campaigns {
  const newest = values.at(-1)
  if (newest?.startsWith(lastPrefix)) return { lastCampaigns: Number(newest.slice(lastPrefix.length)) }
  const ids = values.filter((value) => !value.startsWith(lastPrefix))
  return ids.length > 1 ? { campaignIds: ids } : ids.length === 1 ? { campaignId: ids[0]! } : {}
}
