/** The mark of a step: its number, a tick, or a dash where it was left out. */
import { Text, ThemeIcon } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import type { StepState } from '../../../src/first-run/contract.ts'

export function StepMark({ state, number, current = false }: { state: StepState; number: number; current?: boolean }) {
  const color = state === 'done' ? 'green' : state === 'skipped' ? 'gray' : 'tide'
  return (
    <ThemeIcon size={28} radius="xl" variant={state === 'done' || (current && state === 'open') ? 'filled' : state === 'skipped' ? 'light' : 'default'} color={color} aria-hidden>
      {state === 'done' ? <IconCheck size={16} /> : state === 'skipped' ? <IconMinus size={16} /> : <Text size="sm" span>{number}</Text>}
    </ThemeIcon>
  )
}

/** For screen readers, behind the title. */
export const stateWords: Record<StepState, string> = { done: ' (done)', skipped: ' (left out)', open: '' }
