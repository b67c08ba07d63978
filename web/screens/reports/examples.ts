/** Reports to begin with: each opens the builder filled in. */
import { paths } from '../../paths.ts'
import { type Beginning, blankDraft } from './draft.ts'

export const beginWith = (beginning: Beginning): string => paths.newReport({ start: JSON.stringify(beginning) })

const { aggregates } = blankDraft('')

export const examples: { title: string; about: string; start: Beginning }[] = [
  {
    title: 'Contacts by city', about: 'A summary with bars',
    start: { name: 'Contacts by city', entityType: 'Contact', kind: 'grid', groupBy: [{ field: 'addressCity', unit: undefined }], aggregates, gridSort: '-count', chart: { type: 'bar' } },
  },
  {
    title: 'Leads created per month', about: 'A line over time',
    start: { name: 'Leads created per month', entityType: 'Lead', kind: 'grid', groupBy: [{ field: 'createdAt', unit: 'month' }], aggregates, gridSort: 'createdAt:month', chart: { type: 'line' } },
  },
  {
    title: 'Who clicked in the last campaign', about: 'A list that can fill a target list',
    start: { name: 'Who clicked in the last campaign', entityType: 'Contact', kind: 'list', filter: { activity: 'clicked', lastCampaigns: 1 } },
  },
]
