/** The last runs of a job as small marks, oldest first: what became of each, in words on hover and for screen readers. */
import { Tooltip } from '@mantine/core'
import type * as api from '../../../src/jobs/contract.ts'
import { exactTime } from '../../ui/time.ts'
import { outcomeWords } from './run-words.ts'
import classes from './RunMarks.module.css'

export function RunMarks({ runs }: { runs: api.ScheduledJob['recentRuns'] }) {
  if (runs.length === 0) return null
  const bad = runs.filter(({ outcome }) => outcome === 'failed' || outcome === 'lost').length
  const words = bad === 0 ? `The last ${runs.length} runs: none failed` : `The last ${runs.length} runs: ${bad} failed or were lost`
  return (
    <span className={classes['marks']} role="img" aria-label={words}>
      {runs.toReversed().map((run) => (
        <Tooltip key={run.id} label={`${outcomeWords(run)} · ${exactTime(run.startedAt)}`}><span className={classes['mark']} data-outcome={run.outcome} /></Tooltip>
      ))}
    </span>
  )
}
