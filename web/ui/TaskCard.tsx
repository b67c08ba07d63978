/** One long task: what it does, how far it is, how it ended. Knows nothing of where tasks come from. */
import { ActionIcon, Button, Group, Paper, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { ProgressBar } from './ProgressBar.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import { inWords } from './words.ts'

type TaskView = { title: string; status: string; progress: { done: number; total: number }; result: Record<string, unknown> | null; error: string | null }
/** `next` is what can be done when it is over: *Undo*, *Show*. */
type TaskCardProps = { task: TaskView; onCancel: () => void; onClose: () => void; next?: { title: string; onClick: () => void } | undefined }

export function TaskCard({ task, onCancel, onClose, next }: TaskCardProps) {
  const over = ['done', 'failed', 'canceled'].includes(task.status)
  return (
    <Paper withBorder shadow="md" p="sm" role="group" aria-label={task.title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb={6}>
        <Text size="sm" fw={600} lineClamp={2}>{task.title}</Text>
        {over
          ? <ActionIcon size="sm" aria-label={`Close: ${task.title}`} onClick={onClose}><IconX size={14} /></ActionIcon>
          : <Button size="compact-xs" variant="subtle" color="gray" onClick={onCancel}>Cancel</Button>}
      </Group>
      {over ? <Ending task={task} /> : <Running task={task} />}
      {over && next && <Button size="compact-sm" variant="subtle" mt={4} onClick={next.onClick}>{next.title}</Button>}
    </Paper>
  )
}

function Running({ task: { progress, title, status } }: { task: TaskView }) {
  if (progress.total > 0) return <ProgressBar {...progress} label={title} moving />
  return <Text size="sm" c="dimmed">{status === 'queued' ? 'Waiting to start…' : 'Under way…'}</Text>
}

function Ending({ task: { status, error, result } }: { task: TaskView }) {
  const counts = Object.entries(result ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0)
  return (
    <Group gap="xs" align="flex-start" aria-live="polite">
      <StatusBadge status={status} size="sm" />
      <Text size="sm" c={status === 'failed' ? 'var(--tidings-bad)' : 'dimmed'}>
        {error ?? (counts.map(([name, count]) => countWords(name, count)).join(' · ') || 'Nothing to do')}
      </Text>
    </Group>
  )
}

/** `1 warning`, `3 duplicates`, `4 created`: names of counts are plurals or participles. */
const countWords = (name: string, count: number) => `${count.toLocaleString()} ${count === 1 ? inWords(name).toLowerCase().replace(/s$/, '') : inWords(name).toLowerCase()}`
