/** One figure: its name, the number (a link to what it counts), the rate, machine hits in grey, and how it was before. */
import { Group, Paper, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import classes from './Tile.module.css'

type TileProps = { label: string; value: number | string; hint?: ReactNode; machine?: number | undefined; trend?: ReactNode; to?: string | undefined; tone?: 'plain' | 'good' | 'warning' | 'bad' }

export function Tile({ label, value, hint, machine, trend, to, tone = 'plain' }: TileProps) {
  const content = (
    <>
      <Text size="sm" c="dimmed">{label}</Text>
      <Text className={classes['value']} data-tone={tone}>{typeof value === 'number' ? value.toLocaleString() : value}</Text>
      <Group gap={8}>
        {hint && <Text size="sm" component="span">{hint}</Text>}
        {machine ? <Text size="sm" c="dimmed" component="span" title="Mail scanners and other machines, not people">+{machine.toLocaleString()} machine</Text> : null}
        {trend}
      </Group>
    </>
  )
  return to
    ? <Paper component={Link} to={to} withBorder className={classes['tile']} data-link>{content}</Paper>
    : <Paper withBorder className={classes['tile']}>{content}</Paper>
}

export const Tiles = ({ children }: { children: ReactNode }) => <SimpleGrid minColWidth="148px" spacing="sm">{children}</SimpleGrid>
