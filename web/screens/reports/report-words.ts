/** Reports in words: "Contacts by City", "Average of Amount", "by month". */
import type { Aggregate, Grouping, ReportField, ReportSource } from '../../../src/reports/contract.ts'
import { counted, inWords } from '../../ui/words.ts'
import { type Draft, fieldOf } from './draft.ts'

/** `Account · Industry` for what is reached through a link. */
export const fieldLabel = ({ label, through }: Pick<ReportField, 'label' | 'through'>) => (through ? `${through} · ${label}` : label)

const labelOf = (source: ReportSource, key: string) => {
  const field = fieldOf(source, key)
  return field ? fieldLabel(field) : key
}

/** Many rows in a sentence: `contacts`, `log entries`. */
export const rowsOf = ({ name, plural }: Pick<ReportSource, 'name' | 'plural'>): string => (name === 'CampaignLog' ? 'log entries' : plural.toLowerCase())
/** One of them. */
export const rowOf = ({ name }: Pick<ReportSource, 'name'>): string => (name === 'CampaignLog' ? 'log entry' : inWords(name).toLowerCase())

export const unitWords = { day: 'by day', week: 'by week', month: 'by month', quarter: 'by quarter', year: 'by year' } as const

export const functionWords = { count: 'Number of', sum: 'Sum of', avg: 'Average of', min: 'Lowest', max: 'Highest' } as const

export function aggregateWords({ function: by, field }: Aggregate, source: ReportSource): string {
  if (field === undefined) return by === 'count' ? `Number of ${rowsOf(source)}` : `${functionWords[by]} …`
  return `${functionWords[by]} ${labelOf(source, field)}`
}

export const groupWords = ({ field, unit }: Grouping, source: ReportSource): string => `${labelOf(source, field)}${unit ? ` ${unitWords[unit]}` : ''}`

/** A name for whoever gives none: what is counted, and by what. */
export function suggestedName({ kind, groupBy }: Draft, source: ReportSource): string {
  if (kind === 'list' || groupBy.length === 0) return source.plural
  return `${source.plural} by ${groupBy.map((group) => groupWords(group, source)).join(' and ')}`
}

/** "List of contacts", "Summary of deliveries". */
export const kindWords = (kind: 'list' | 'grid', source: Pick<ReportSource, 'name' | 'plural'>) => `${kind === 'list' ? 'List' : 'Summary'} of ${rowsOf(source)}`

/** What goes with a report. */
export const deleteWords = (schedules: number): string =>
  `Nobody can run it any more, and it leaves everybody’s Home.${schedules === 0 ? '' : ` ${counted(schedules, 'schedule mails it and goes', 'schedules mail it and go')} too.`} What it is about stays, and so do lists that it filled.`
