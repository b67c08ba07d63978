/** What the pages of a large campaign ask for, and the sentence of a marketer as a filter. */
import type { Api } from '../src/demo/api.ts'
import type { ReportData } from './report-data.ts'

export type ReportQuery = { name: string; group: 'campaignPage' | 'campaignLog' | 'contactsByActivity' | 'contactsByActivityPage' | 'reportRuns'; ask: (api: Api) => Promise<unknown> }

type Items = { items: { id: string; record: { id: string }; emailAddress: string }[]; next: string | null }

export async function reportQueries(api: Api, { campaignId, massEmailId, linkIds, lastIds, smallListId }: ReportData): Promise<ReportQuery[]> {
  const campaign = `/campaigns/${campaignId}`
  const { items, next } = await api.get<Items>(`${campaign}/log?limit=50`)
  const deliveries = `/mass-emails/${massEmailId}/deliveries`
  const second = (await api.get<Items>(`${deliveries}?status=sent`)).next!
  const reads = (group: ReportQuery['group'], paths: Record<string, string>): ReportQuery[] =>
    Object.entries(paths).map(([name, path]) => ({ name, group, ask: (client) => client.get(path) }))
  return [
    ...reads('campaignPage', {
      'the campaign': campaign, 'all campaigns': '/campaigns', 'figures': `${campaign}/figures`, 'hours': `${campaign}/figures/hours`, 'links': `${campaign}/figures/links`, 'domains': `${campaign}/figures/domains`,
      'entity types': `${campaign}/figures/entity-types`, 'the campaign before': `/campaigns/${lastIds[2]}/figures/before`, 'mass emails': `/mass-emails?campaignId=${campaignId}`, 'progress': `/mass-emails/${massEmailId}/progress`,
      'figures of the mass email': `/mass-emails/${massEmailId}/figures`, 'tracking URLs': `/tracking-urls?campaignId=${campaignId}`, 'log': `${campaign}/log?limit=20`, 'log, next page': `${campaign}/log?limit=50&cursor=${encodeURIComponent(next!)}`,
      'chips of the log': `${campaign}/log/counts`, 'deliveries': deliveries, 'deliveries sent': `${deliveries}?status=sent`, 'deliveries sent, next page': `${deliveries}?status=sent&cursor=${encodeURIComponent(second)}`,
      'deliveries failed': `${deliveries}?status=failed`, 'comparison of four': `/campaign-comparison?ids=${[campaignId, ...lastIds].join(',')}`, 'safe lines': '/safe-lines',
    }),
    ...reads('campaignLog', {
      'opened': `${campaign}/log?action=opened`, 'opened by people': `${campaign}/log?action=opened&machine=false&test=false`, 'bounced': `${campaign}/log?action=bounced`, 'complained': `${campaign}/log?action=complained`,
      'two actions': `${campaign}/log?action=opened,clicked`, 'one mass email': `${campaign}/log?massEmailId=${massEmailId}`, 'one link': `${campaign}/log?action=clicked&trackingUrlId=${linkIds[3]}`,
      'one day': `${campaign}/log?from=2026-05-03T00:00:00Z&to=2026-05-03T23:59:59Z`, 'one day, chips': `${campaign}/log/counts?from=2026-05-03T00:00:00Z&to=2026-05-03T23:59:59Z`,
      'an address': `${campaign}/log?q=${items[0]!.emailAddress}`, 'an address, chips': `${campaign}/log/counts?q=${items[0]!.emailAddress}`, 'history of a contact': `/contacts/${items[0]!.record.id}/history`,
    }),
    { name: 'counted', group: 'contactsByActivity', ask: (client) => client.get(`/contacts/count?filter=${encodeURIComponent(JSON.stringify(sentence(lastIds, smallListId)))}`) },
    { name: 'first page', group: 'contactsByActivityPage', ask: (client) => client.get(`/contacts?filter=${encodeURIComponent(JSON.stringify(sentence(lastIds, smallListId)))}`) },
    { name: 'by city', group: 'reportRuns', ask: (client) => client.get(`${campaign}/figures/by-field?field=addressCity`) },
    { name: 'by industry of the account', group: 'reportRuns', ask: (client) => client.get(`${campaign}/figures/by-field?field=account.industry`) },
    ...runs(campaignId),
  ]
}

/** In one of two cities, in accounts of one industry, got one of the last three campaigns, clicked none of them, is not in a list. */
const sentence = (campaignIds: string[], targetListId: string) => ({ and: [
  { field: 'addressCity', op: 'in', value: ['Bergstadt', 'Steinstadt'] }, { field: 'account.industry', op: 'equals', value: 'Steel' },
  { activity: 'sent', campaignIds }, { not: { activity: 'clicked', campaignIds } }, { op: 'notMemberOf', value: [targetListId] },
] })

/** Reports that nobody has kept. */
function runs(campaignId: string): ReportQuery[] {
  const inCampaign = { field: 'campaignId', op: 'equals', value: campaignId }
  const reports = {
    'list of failed deliveries': { entityType: 'Delivery', kind: 'list', filter: { and: [inCampaign, { field: 'status', op: 'equals', value: 'failed' }] } },
    'log entries by action': { entityType: 'CampaignLog', kind: 'grid', groupBy: ['action'], filter: inCampaign },
    'deliveries by status': { entityType: 'Delivery', kind: 'grid', groupBy: ['status'], filter: inCampaign },
  }
  // Given up as too slow counts with the time until then.
  return Object.entries(reports).map(([name, body]) => ({ name, group: 'reportRuns', ask: (client) => client.post('/report-preview', body).catch(() => {}) }))
}
