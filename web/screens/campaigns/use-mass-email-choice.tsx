/** Which mass email of the campaign the figures are of: all, or one; in the address. Nothing to choose where there is only one. */
import { Select } from '@mantine/core'
import { listMassEmails } from '../../../src/campaign/contract.ts'
import { useLook } from '../../api/client.ts'
import { useUrlText } from '../../ui/url-state.ts'

const fields = 'name,status,createdAt'

export function useMassEmailChoice(campaignId: string) {
  const [chosen, choose] = useUrlText('figuresOf')
  const massEmails = useLook(listMassEmails, { query: { campaignId, sort: '-createdAt', fields, limit: 200 } }).data?.items.map(({ id, ...rest }) => ({ ...rest, id: id! })) ?? []
  const massEmailId = massEmails.some(({ id }) => id === chosen) ? chosen : undefined
  const select = massEmails.length < 2 ? null : (
    <Select size="xs" w={220} aria-label="Mass email" data={[{ value: '', label: 'All mass emails' }, ...massEmails.map(({ id, name }) => ({ value: id, label: name ?? '' }))]}
      value={massEmailId ?? ''} onChange={(id) => choose(String(id ?? ''))} allowDeselect={false} />
  )
  return { massEmailId, select, massEmails }
}
