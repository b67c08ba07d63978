/** One check: its state in icon, word and colour, since when, what it means, what to do and where; and *Check again*. */
import { ActionIcon, Anchor, Group, Text, ThemeIcon, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/health/contract.ts'
import { useAction } from '../../api/client.ts'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { failed } from '../../ui/notice.tsx'
import { type HealthCheck, mendedAt } from './groups.ts'
import { checkTitle, levelLooks } from './levels.ts'
import classes from './DeliveryHealthScreen.module.css'

export function CheckRow({ check: { code, level, message, advice, meaning, since } }: { check: HealthCheck }) {
  const look = levelLooks[level]
  const title = checkTitle(code)
  const place = mendedAt[code]
  const toMend = level === 'warning' || level === 'error'
  return (
    <section className={classes['check']} id={code} data-level={level} aria-label={title}>
      <ThemeIcon variant="light" color={look.color} size={34} radius="xl" aria-hidden><look.icon size={18} /></ThemeIcon>
      <div className={classes['words']}>
        <Group gap="0 8px"><Text fw={600}>{title}</Text><Text size="sm" c="dimmed"><Text span inherit fw={500} {...(toMend && { c: `var(--tidings-${level === 'error' ? 'bad' : 'warning'})` })}>{look.word}</Text> since <TimeAgo at={since} /></Text></Group>
        <Text size="sm">{message}</Text>
        {toMend && advice && <Text size="sm" mt={4}><b>What to do:</b> {advice} {place && <Anchor component={Link} to={place.to} inherit underline="always">Go to {place.title}</Anchor>}</Text>}
        <Text size="xs" c="dimmed" mt={4}>{meaning}</Text>
      </div>
      <CheckAgain code={code} title={title} />
    </section>
  )
}

function CheckAgain({ code, title }: { code: HealthCheck['code']; title: string }) {
  const check = useAction(api.checkDeliveryHealth, { refreshes: [api.getDeliveryHealth] })
  return (
    <Tooltip label="Check again">
      <ActionIcon variant="default" size="lg" aria-label={`Check again: ${title}`} loading={check.isPending} onClick={() => check.mutate({ body: { code } }, { onError: failed })}><IconRefresh size={16} /></ActionIcon>
    </Tooltip>
  )
}
