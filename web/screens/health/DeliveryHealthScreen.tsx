/** Administration > Delivery Health: whether mail can leave, arrives in order and what comes back is read; each check with what to do. */
import { Anchor, Button, Paper, Stack, Text, Title } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useEffect } from 'react'
import { Link, useLocation } from 'react-router'
import * as api from '../../../src/health/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { BounceLoopPanel } from './BounceLoopPanel.tsx'
import { CheckAll } from './CheckAll.tsx'
import { CheckRow } from './CheckRow.tsx'
import { groups, type HealthCheck } from './groups.ts'
import { checkTitle, levelLooks } from './levels.ts'
import classes from './DeliveryHealthScreen.module.css'

export const DeliveryHealthScreen = () => (
  <Page title="Delivery Health" width="narrow" back={{ to: paths.administration(), title: 'Administration' }} about="Whether mail can leave and be accepted, whether what comes back is read, and what to mend if not."
    action={<><Button component={Link} variant="default" to={paths.alarms()} leftSection={<IconBellRinging size={16} aria-hidden />}>Alarms</Button><CheckAll /></>}>
    <Checks />
  </Page>
)

function Checks() {
  const { level, checks } = useRead(api.getDeliveryHealth, {}, { every: 15_000 })
  const { hash } = useLocation()
  useEffect(() => { if (hash) document.getElementById(hash.slice(1))?.scrollIntoView() }, [hash])
  return (
    <Stack>
      <Overall level={level} checks={checks} />
      {groups.map(({ title, codes }) => (
        <Panel key={title} title={title} flush>{codes.map((code) => checks.find((check) => check.code === code)).filter((check) => check !== undefined).map((check) => <CheckRow key={check.code} check={check} />)}</Panel>
      ))}
      <BounceLoopPanel />
    </Stack>
  )
}

function Overall({ level, checks }: api.DeliveryHealth) {
  const look = levelLooks[level]
  const troubles = [...checks.filter((check) => check.level === 'error'), ...checks.filter((check) => check.level === 'warning')]
  return (
    <Paper withBorder className={classes['overall']} data-level={level}>
      <look.icon size={28} aria-hidden />
      <div>
        <Title order={2}>{look.overall}</Title>
        <Text size="sm">{overallWords(checks)}. Last checked <TimeAgo at={checks.map(({ checkedAt }) => checkedAt).sort()[0]} />.</Text>
        {troubles.length > 0 && <Text size="sm">{troubles.map(({ code }, index) => <span key={code}>{index > 0 && ', '}<Anchor href={`#${code}`} inherit underline="always">{checkTitle(code)}</Anchor></span>)}</Text>}
      </div>
    </Paper>
  )
}

function overallWords(checks: HealthCheck[]): string {
  const count = (level: HealthCheck['level']) => checks.filter((check) => check.level === level).length
  const parts = [[count('error'), 'to mend'], [count('warning'), 'to look at'], [count('unknown'), 'not known'], [count('ok'), 'in order']] as const
  return parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`).join(' · ')
}
