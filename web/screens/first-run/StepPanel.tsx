/** The frame of one step: its title, what it is for, its form, and the ways on: continue, or leave it out. */
import { Alert, Box, Button, Group, Text } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { type FirstRun, type StepName, changeFirstRun, getFirstRun } from '../../../src/first-run/contract.ts'
import { call, useAction, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { failed } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { nextStep, stateOf, stepWords } from './steps.ts'
import classes from './FirstRun.module.css'

export type StepProps = { run: FirstRun }

/** Asks anew how far it is, and opens the next open step. */
export function useGoOn(step?: StepName): () => void {
  const navigate = useNavigate()
  const refresh = useRefresh()
  return () => {
    call(getFirstRun).then(async ({ steps }) => { await refresh(getFirstRun); void navigate(paths.firstRun(nextStep(steps, step) ?? 'done'), { replace: step === undefined }) }, failed)
  }
}

type StepPanelProps = {
  step: StepName
  run: FirstRun
  about?: ReactNode
  /** What saves the form of the step and goes on; without it a step that is done is continued. */
  action?: ReactNode
  /** Where leaving it out is a choice of the step itself. */
  skipsItself?: boolean
  children: ReactNode
}

export function StepPanel({ step, run: { steps }, about, action, skipsItself = false, children }: StepPanelProps) {
  const state = stateOf(steps, step)
  const { title, lost } = stepWords[step]
  const content = useRef<HTMLDivElement>(null)
  // Whoever uses a keyboard or a screen reader begins at the step, not at the top of the page again.
  useEffect(() => content.current?.focus({ preventScroll: true }), [])
  return (
    <div ref={content} tabIndex={-1} className={classes['content']}>
      <Panel title={title} about={about ?? stepWords[step].about} action={state !== 'open' && <StatusBadge status={state === 'done' ? 'done' : 'skipped'}>{state === 'done' ? 'Done' : 'Left out'}</StatusBadge>}>
        {state === 'skipped' && <Alert color="gray" variant="light" mb="md">You left this out. {lost}</Alert>}
        {children}
        {(!skipsItself || state !== 'open') && <Footer step={step} state={state} lost={lost} action={action} />}
      </Panel>
    </div>
  )
}

function Footer({ step, state, lost, action }: { step: StepName; state: string; lost: string; action: ReactNode }) {
  const goOn = useGoOn(step)
  const skip = useAction(changeFirstRun, { refreshes: [getFirstRun], done: goOn })
  return (
    <Group className={classes['footer']} justify="space-between" align="center" gap="sm">
      {state === 'open'
        ? <Box flex="1 1 260px" miw={0}><Button variant="subtle" color="gray" px={8} ml={-8} loading={skip.isPending} onClick={() => skip.mutate({ body: { skipped: { [step]: true } } }, { onError: failed })}>Leave out for now</Button><Text size="sm" c="dimmed">{lost}</Text></Box>
        : <span />}
      <Group gap="xs">{action}{(state === 'skipped' || (state === 'done' && !action)) && <Button variant={state === 'done' ? 'filled' : 'default'} onClick={goOn}>Continue</Button>}</Group>
    </Group>
  )
}
