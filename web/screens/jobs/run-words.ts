/** What a run of a job did, in words. */
import type { JobRun } from '../../../src/jobs/contract.ts'
import type { z } from 'zod'
import { duration } from '../../ui/time.ts'
import { inWords } from '../../ui/words.ts'

type Run = z.output<typeof JobRun>

export const outcomeWords = ({ outcome, counts, error }: Pick<Run, 'outcome' | 'counts' | 'error'>): string => {
  if (outcome === 'running') return 'Running'
  return error ? `${inWords(outcome)}: ${error}` : `${inWords(outcome)}: ${lowered(countsInWords(counts))}`
}

const lowered = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** `{ frozen: 1, opened: 250 }` → `1 frozen · 250 opened`. */
export const countsInWords = (counts: Record<string, number>): string =>
  Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => `${count.toLocaleString()} ${inWords(name).toLowerCase()}`).join(' · ') || 'Nothing to do'

export function tookWords(from: string, to: string): string {
  const seconds = (new Date(to).getTime() - new Date(from).getTime()) / 1000
  return seconds < 1 ? 'under a second' : duration(seconds)
}
