/** How far something is, as a bar and in words. */
import { Group, Progress, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { share } from './NumberText.tsx'

type ProgressBarProps = { done: number; total: number; label: string; hint?: ReactNode; moving?: boolean; quiet?: boolean }

export function ProgressBar({ done, total, label, hint, moving = false, quiet = false }: ProgressBarProps) {
  const value = total > 0 ? Math.min(100, (done / total) * 100) : 0
  return (
    <div>
      <Progress value={value} size={quiet ? 6 : 10} radius="xl" animated={moving} aria-label={label} />
      {!quiet && (
        <Group justify="space-between" mt={6} gap="xs">
          <Text size="sm" className="numbers">{done.toLocaleString()} of {total.toLocaleString()} · {share(done, total)}</Text>
          {hint && <Text size="sm" c="dimmed" component="div">{hint}</Text>}
        </Group>
      )}
    </div>
  )
}
