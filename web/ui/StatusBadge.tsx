/** A status in words and colour; the colour never says it alone. */
import { Badge } from '@mantine/core'
import { inWords } from './words.ts'

const colors: Record<string, string> = {
  // mass emails, tasks, jobs
  draft: 'gray', planning: 'gray', pending: 'blue', queued: 'blue', inProcess: 'tide', running: 'tide', active: 'tide', paused: 'lamp',
  complete: 'green', done: 'green', succeeded: 'green', delivered: 'green', canceled: 'gray', inactive: 'gray', failed: 'red',
  // deliveries and what came back
  sending: 'tide', sent: 'green', skipped: 'gray', uncertain: 'lamp', opened: 'tide', clicked: 'tide', optedOut: 'lamp', optedIn: 'green',
  bounced: 'red', complained: 'red', replied: 'blue', invalid: 'red', softBounced: 'lamp',
  // rows of an import, runs of a job
  created: 'green', updated: 'blue', duplicate: 'gray', rejected: 'red', reverted: 'gray', lost: 'red',
  // accounts, DKIM keys, DNS records
  broken: 'red', notSetUp: 'gray', new: 'blue', retired: 'gray', missing: 'lamp', wrong: 'red',
  // checks
  ok: 'green', warning: 'lamp', error: 'red', unknown: 'gray',
}

/** The colour of what has this status elsewhere on the screen. */
export const statusColor = (status: string): string => colors[status] ?? 'gray'

export function StatusBadge({ status, size = 'md', children }: { status: string; size?: 'sm' | 'md' | 'lg'; children?: React.ReactNode }) {
  // A narrow column must not shorten it: "C…" says nothing.
  return <Badge color={statusColor(status)} size={size} miw="max-content">{children ?? inWords(status)}</Badge>
}
