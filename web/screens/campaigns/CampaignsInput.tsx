/** Chooses several campaigns by name. */
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { listCampaigns } from '../../../src/campaign/contract.ts'
import { useLook } from '../../api/client.ts'
import { nameOfOne } from '../../api/find.ts'

type CampaignsInputProps = { label: string; description?: string; value: string[]; onChange: (ids: string[]) => void; most: number }

export function CampaignsInput({ value, onChange, most, ...input }: CampaignsInputProps) {
  const [text, setText] = useState('')
  const [settled] = useDebouncedValue(text, 200)
  const found = useLook(listCampaigns, { query: { q: settled, fields: 'name', sort: '-createdAt', limit: 50 } })
  const names = useQueries({ queries: value.map((id) => ({ queryKey: ['name of campaign', id], queryFn: () => nameOfOne('campaigns', id), staleTime: 60_000 })) })
  const options = new Map([...value.map((id, index) => [id, names[index]?.data ?? '…'] as const), ...(found.data?.items ?? []).map(({ id, name }) => [id!, name!] as const)])
  return (
    <MultiSelect {...input} searchable searchValue={text} onSearchChange={setText} hidePickedOptions maxValues={most} data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      // The server has searched already.
      filter={({ options: all }) => all} value={value} onChange={onChange} nothingFoundMessage="No campaign is called that" placeholder={value.length === 0 ? 'Choose campaigns' : undefined} />
  )
}
