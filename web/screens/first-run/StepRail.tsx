/** All steps with their marks; on a phone one line that unfolds. */
import { Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { StepName } from '../../../src/first-run/contract.ts'
import { paths } from '../../paths.ts'
import { StepMark, stateWords } from './StepMark.tsx'
import { type Steps, stepWords } from './steps.ts'
import classes from './FirstRun.module.css'

export function StepRail({ steps, current }: { steps: Steps; current: StepName }) {
  const [folded, setFolded] = useState(true)
  const place = steps.findIndex(({ step }) => step === current)
  const title = `Step ${place + 1} of ${steps.length}: ${stepWords[current].title}`
  return (
    <nav className={classes['rail']} data-folded={folded} aria-label="Steps">
      <UnstyledButton className={classes['summary']} aria-expanded={!folded} onClick={() => setFolded(!folded)}>
        <Text size="sm" fw={600} span>{title}</Text><IconChevronDown size={16} aria-hidden />
      </UnstyledButton>
      <ol className={classes['steps']}>
        {steps.map(({ step, state }, index) => (
          <li key={step}>
            <Link to={paths.firstRun(step)} className={classes['step']} aria-current={step === current ? 'step' : undefined} onClick={() => setFolded(true)}>
              <StepMark state={state} number={index + 1} current={step === current} />
              <Text size="sm" fw={step === current ? 600 : 500} pt={3} span>{stepWords[step].title}<span className={classes['hidden']}>{stateWords[state]}</span></Text>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
