/** What the figures are meant to reach, in the order of the page. A figure without a goal is told for what it explains. */
import type { Line } from './figure.ts'

export type Goal = { name: string; title: string; words?: string; reached?(line: Line): boolean }

const atLeast = (ratio: number) => ({ words: `≥ ${ratio} ×`, reached: (line: Line) => (line.ratio ?? 0) >= ratio })
const atMost = (ratio: number) => ({ words: `≤ ${ratio} ×`, reached: (line: Line) => (line.ratio ?? Infinity) <= ratio })

export const goals: Goal[] = [
  { name: 'send', title: 'sending, beside smtp-source', ...atLeast(0.5) },
  { name: 'sendBesideNodemailer', title: 'sending, beside a nodemailer pool', ...atLeast(5) },
  { name: 'sendSigned', title: 'sending signed, beside the signing of openssl', ...atLeast(0.4) },
  { name: 'sendSignedBesideNodemailer', title: 'sending signed, beside a nodemailer pool that signs', ...atLeast(5) },
  { name: 'freeze', title: 'freezing a million, beside a bare INSERT … SELECT', ...atMost(1.5) },
  { name: 'import', title: 'importing a million rows, beside a bare COPY', ...atMost(3) },
  { name: 'importRate', title: 'importing, rows a second', ...atLeast(1) },
  { name: 'list', title: 'lists of ten million contacts, a page: 95 of 100', ...atMost(1) },
  { name: 'campaignPage', title: 'a page of a campaign of millions: 95 of 100', ...atMost(1) },
  { name: 'campaignLog', title: 'its log, filtered and searched: 95 of 100', ...atMost(1) },
  { name: 'contactsByActivity', title: 'counting a million contacts by what they did in campaigns: 95 of 100', ...atMost(1) },
  { name: 'growth', title: 'CPU time a recipient, large beside small', ...atMost(1.2) },
  { name: 'memoryAt1000000', title: 'memory while sending a million', ...atMost(1) },
  { name: 'memoryAt100000', title: 'memory while sending 100,000', ...atMost(1) },
  { name: 'memoryGrowth', title: 'memory, ten times as many recipients', ...atMost(1.1) },
  { name: 'nodes', title: 'two sender processes, beside one' },
  { name: 'nodesWithinHour', title: 'two sender processes, messages within the hour', ...atMost(1) },
  { name: 'nodesDuplicates', title: 'two sender processes, messages sent twice', words: '0', reached: ({ value }) => value === 0 },
  { name: 'freezeCpu', title: 'freezing a million, CPU time of PostgreSQL' },
  { name: 'importCpu', title: 'importing: CPU time of server and PostgreSQL' },
  { name: 'importMemory', title: 'importing: memory of all processes but PostgreSQL' },
  { name: 'listSort', title: 'lists: first and last pages of every indexed order', ...atMost(1) },
  { name: 'listPages', title: 'lists: pages in the middle', ...atMost(1) },
  { name: 'listFilter', title: 'lists: filters on an indexed field', ...atMost(1) },
  { name: 'listTogether', title: 'lists: filters on two indexed fields at once', ...atMost(1) },
  { name: 'listSearch', title: 'lists: text search', ...atMost(1) },
  { name: 'listCount', title: 'lists: counts alone', ...atMost(1) },
  { name: 'contactsByActivityPage', title: 'the first page of them: 95 of 100' },
  { name: 'reportRuns', title: 'figures by a field, reports over deliveries and log: 95 of 100' },
  { name: 'funnel', title: 'the funnel of a million, as a page asks for it' },
  { name: 'sendServerCpu', title: 'sending: CPU time of the server' },
  { name: 'sendDatabaseCpu', title: 'sending: CPU time of PostgreSQL' },
  { name: 'sendSinkCpu', title: 'sending: CPU time of smtp-sink' },
  { name: 'sendSignedServerCpu', title: 'sending signed: CPU time of the server' },
]
