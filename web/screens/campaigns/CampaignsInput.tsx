/** Chooses several campaigns by name. */
import { listCampaigns } from '../../../src/campaign/contract.ts'
import { useLook } from '../../api/client.ts'
import { useNamed } from '../../api/names.ts'
import { ManyPicker, useSearchText } from '../../ui/ManyPicker.tsx'

type CampaignsInputProps = { label: string; description?: string; value: string[]; onChange: (ids: string[]) => void; most: number }

export function CampaignsInput({ value, ...input }: CampaignsInputProps) {
  const { settled, search } = useSearchText()
  const found = useLook(listCampaigns, { query: { q: settled, fields: 'name', sort: '-createdAt', limit: 50 } }).data?.items ?? []
  return <ManyPicker {...input} search={search} found={found.map(({ id, name }) => ({ id: id!, name: name! }))} chosen={useNamed('campaigns', value)} placeholder="Choose campaigns" nothingFound="No campaign is called that" />
}
