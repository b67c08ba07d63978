/** Home: hard bounces and complaints of the last 30 days beside the lines at which mailbox providers block and sending is stopped. */
import { Group, Stack, Text } from '@mantine/core'
import { getSafeLines } from '../../../src/delivery/contract.ts'
import { useRead } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { statusColor } from '../../ui/StatusBadge.tsx'
import classes from './SafeLines.module.css'

export const SafeLines = () => <Panel title="Bounces and complaints"><Lines /></Panel>

function Lines() {
  const { days, sent, bouncedHard, complained, stopAt, warnAt } = useRead(getSafeLines, {}, { every: 60_000 })
  if (sent === 0) return <Text size="sm" c="dimmed">Nothing was sent in the last {days} days.</Text>
  return (
    <Stack gap="md">
      <Line name="Hard bounces" count={bouncedHard} sent={sent} warnAt={stopAt.bouncedHard * 0.4} stopAt={stopAt.bouncedHard} />
      <Line name="Complaints" count={complained} sent={sent} warnAt={warnAt.complained} stopAt={stopAt.complained} />
      <Text size="xs" c="dimmed">Of {sent.toLocaleString()} mails in the last {days} days. A mass email that reaches the line is paused.</Text>
    </Stack>
  )
}

type LineProps = { name: string; count: number; sent: number; warnAt: number; stopAt: number }

/** The bar ends a little above the line, so that the line is seen. */
function Line({ name, count, sent, warnAt, stopAt }: LineProps) {
  const value = count / sent
  const full = stopAt * 1.25
  const state = value >= stopAt ? { status: 'error', words: 'above the line' } : value >= warnAt ? { status: 'warning', words: 'close to the line' } : { status: 'ok', words: 'safe' }
  return (
    <div>
      <Group justify="space-between" gap="xs"><Text size="sm" fw={600}>{name}</Text><Text size="sm" className="numbers">{percent(value)} <Text span size="sm" c="dimmed">{state.words} · stops at {percent(stopAt)}</Text></Text></Group>
      <div className={classes['track']} role="meter" aria-label={name} aria-valuemin={0} aria-valuemax={full * 100} aria-valuenow={Math.min(value, full) * 100} aria-valuetext={`${percent(value)}, ${state.words}`}>
        <div className={classes['bar']} style={{ width: `${Math.min(100, (value / full) * 100)}%`, background: `var(--mantine-color-${statusColor(state.status)}-6)` }} />
        <div className={classes['line']} style={{ left: `${(stopAt / full) * 100}%` }} />
      </div>
    </div>
  )
}

const percent = (value: number) => value.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 2 })
