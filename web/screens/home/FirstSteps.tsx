/** Home of a fresh installation: the way to the first campaign, with ticks. Goes away when all is done or somebody hides it. */
import { Button, Group, Text, ThemeIcon, UnstyledButton } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { Link } from 'react-router'
import { Panel } from '../../ui/Panel.tsx'
import { type FirstStep, useFirstSteps } from './use-first-steps.ts'
import classes from './FirstSteps.module.css'

export function FirstSteps() {
  const [hidden, setHidden] = useLocalStorage({ key: 'tidings-first-steps-hidden', defaultValue: false, getInitialValueInEffect: false })
  const steps = useFirstSteps(!hidden)
  if (hidden || !steps || steps.every(({ done }) => done)) return null
  const left = steps.filter(({ done }) => !done).length
  return (
    <Panel title="Your first campaign" about={`${steps.length - left} of ${steps.length} steps done.`} action={<Button size="compact-sm" variant="subtle" color="gray" onClick={() => setHidden(true)}>Hide</Button>}>
      <ol className={classes['steps']}>{steps.map((step, index) => <Step key={step.title} step={step} number={index + 1} next={step === steps.find(({ done }) => !done)} />)}</ol>
    </Panel>
  )
}

function Step({ step: { title, about, to, done }, number, next }: { step: FirstStep; number: number; next: boolean }) {
  return (
    <li>
      <UnstyledButton component={Link} to={to} className={classes['step']} data-next={next || undefined}>
        <ThemeIcon size={28} radius="xl" variant={done || next ? 'filled' : 'default'} color={done ? 'green' : 'tide'} aria-hidden>{done ? <IconCheck size={16} /> : <Text size="sm" span>{number}</Text>}</ThemeIcon>
        <div style={{ flex: 1 }}>
          <Text size="sm" fw={600} c={done ? 'dimmed' : undefined}>{title}{done && <Text span className={classes['hidden']}> (done)</Text>}</Text>
          <Text size="sm" c="dimmed">{about}</Text>
        </div>
        <Group><IconChevronRight size={16} aria-hidden /></Group>
      </UnstyledButton>
    </li>
  )
}
