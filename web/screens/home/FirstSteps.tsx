/** Home of a fresh installation: the steps to the first campaign, with ticks. Goes away when nothing is open, or an administrator hides it. */
import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Link } from 'react-router'
import { type StepName, changeFirstRun, getFirstRun } from '../../../src/first-run/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import { useIsAdministrator, useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { failed } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StepMark, stateWords } from '../first-run/StepMark.tsx'
import { howFar, nextStep, type Steps, stepWords } from '../first-run/steps.ts'
import classes from './FirstSteps.module.css'

export function FirstSteps() {
  const administrator = useIsAdministrator()
  const run = useLook(getFirstRun).data
  const hide = useAction(changeFirstRun, { refreshes: [getFirstRun] })
  const next = run && nextStep(run.steps)
  if (!run || run.hidden || !next) return null
  const actions = administrator && (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" loading={hide.isPending} onClick={() => hide.mutate({ body: { hidden: true } }, { onError: failed })}>Hide</Button>
      <Button size="compact-sm" component={Link} to={paths.firstRun()}>Go on</Button>
    </>
  )
  return (
    <Panel title={administrator ? 'Set up Tidings' : 'Your first campaign'} about={howFar(run.steps)} action={actions}>
      <ol className={classes['steps']}>{run.steps.map((step, index) => <Step key={step.step} {...step} number={index + 1} next={step.step === next} />)}</ol>
    </Panel>
  )
}

function Step({ step, state, number, next }: Steps[number] & { number: number; next: boolean }) {
  const { title, about } = stepWords[step]
  return (
    <li>
      <UnstyledButton component={Link} to={useWayTo(step)} className={classes['step']} data-next={next || undefined}>
        <StepMark state={state} number={number} current={next} />
        <div style={{ flex: 1 }}>
          <Text size="sm" fw={600} c={state === 'open' ? undefined : 'dimmed'}>{title}<span className={classes['hidden']}>{stateWords[state]}</span></Text>
          <Text size="sm" c="dimmed">{about}</Text>
        </div>
        <IconChevronRight size={16} aria-hidden />
      </UnstyledButton>
    </li>
  )
}

/** Administrators are led; others go straight to where it is done. */
function useWayTo(step: StepName): string {
  const [administrator, imports] = [useIsAdministrator(), useMay('import')]
  if (administrator) return paths.firstRun(step)
  if (step === 'contacts') return imports ? paths.import() : paths.newRecord('contacts')
  return paths.newCampaign()
}
