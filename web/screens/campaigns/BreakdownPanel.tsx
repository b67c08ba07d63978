/** The figures of a campaign by parts of its people: recipient domain, entity type, or a field of the records. */
import { SegmentedControl, Text } from '@mantine/core'
import { IconChartPie } from '@tabler/icons-react'
import * as api from '../../../src/log/contract.ts'
import { useRead } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { inWords } from '../../ui/words.ts'
import { ByField } from './ByField.tsx'
import { PartsTable } from './PartsTable.tsx'
import { useMassEmailChoice } from './use-mass-email-choice.tsx'

type Of = { campaignId: string; massEmailId?: string | undefined }
const kinds = [{ value: 'domain', label: 'Domain' }, { value: 'entityType', label: 'Type' }, { value: 'field', label: 'Field' }]

export function BreakdownPanel({ campaignId }: { campaignId: string }) {
  const { massEmailId, select } = useMassEmailChoice(campaignId)
  const [kind, setKind] = useUrlText('parts', 'domain')
  const of = { campaignId, massEmailId }
  return (
    <Panel title="By recipients" foldsAs="campaign-parts" about="Who it reached, part by part: one mailbox provider that bounces or never opens shows here."
      action={<>{select}<SegmentedControl size="xs" aria-label="Divided by" data={kinds} value={kind} onChange={setKind} /></>}>
      {kind === 'field' ? <ByField {...of} /> : kind === 'entityType' ? <ByType {...of} /> : <ByDomain {...of} />}
    </Panel>
  )
}

const nothing = <Empty icon={IconChartPie}>The parts appear here with the first mail that goes out.</Empty>

function ByDomain({ campaignId, massEmailId }: Of) {
  const { items } = useRead(api.listCampaignDomains, { params: { id: campaignId }, query: { massEmailId } })
  if (items.length === 0) return nothing
  const parts = items.map(({ domain, ...numbers }) => ({ ...numbers, name: domain === null ? 'All other domains' : displayDomain(domain) }))
  return (
    <>
      <PartsTable label="Figures by recipient domain" nameOf="Domain" parts={parts} />
      {items.some(({ domain }) => domain === null) && <Text size="xs" c="dimmed" mt={8}>The fifty largest domains of a mass email are told by name. A report over deliveries tells all.</Text>}
    </>
  )
}

const displayDomain = (domain: string) => displayAddress(`@${domain}`).slice(1)

function ByType({ campaignId, massEmailId }: Of) {
  const { items } = useRead(api.listCampaignTypes, { params: { id: campaignId }, query: { massEmailId } })
  if (items.length === 0) return nothing
  return <PartsTable label="Figures by entity type" nameOf="Entity type" parts={items.map(({ entityType, ...numbers }) => ({ ...numbers, name: inWords(entityType) }))} />
}
