/** Step four: a dry run that writes nothing, then the run itself. Both go on in the background. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ApiError } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import { type Task, followTask, isOver, useTask, useTaskEnd } from '../../api/task.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { useFrom } from '../first-run/way-back.ts'
import { ImportCounts } from './ImportCounts.tsx'
import { UnderWay } from './UnderWay.tsx'
import { type ImportDraft, missingIn, settingsOf } from './import-draft.ts'

export function RunStep({ draft }: { draft: ImportDraft }) {
  const navigate = useNavigate()
  const from = useFrom()
  const [running, setRunning] = useState<{ id: string; dryRun: boolean } | null>(null)
  const { data: task } = useTask(running?.id)
  const start = useMutation<{ task: Task }, ApiError, boolean>({
    mutationFn: (dryRun) => request('POST', '/api/v1/imports', { body: formOf(draft, dryRun) }),
    onSuccess: ({ task: { id } }, dryRun) => { setRunning({ id, dryRun }); if (!dryRun) followTask({ id }) },
  })
  useTaskEnd(task, ({ status, result }) => {
    if (status === 'done' && !running?.dryRun) void navigate(paths.importResult(String(result?.['importId']), { from }))
  })
  const missing = missingIn(draft)
  const busy = start.isPending || (running !== null && (!task || !isOver(task)))
  return (
    <Stack>
      <ErrorNote error={start.error} />
      {running && task && <Outcome task={task} dryRun={running.dryRun} />}
      {missing && <Text size="sm" c="dimmed">{missing}</Text>}
      <Group>
        <Button variant="default" disabled={missing !== null || busy} title={missing ?? undefined} onClick={() => start.mutate(true)}>Dry run</Button>
        <Button disabled={missing !== null || busy} title={missing ?? undefined} onClick={() => start.mutate(false)}>Import {draft.file?.name ?? ''}</Button>
      </Group>
      <Text size="sm" c="dimmed">A dry run counts and lists what would be rejected, and writes nothing.</Text>
    </Stack>
  )
}

function formOf(draft: ImportDraft, dryRun: boolean): FormData {
  const form = new FormData()
  form.append('settings', JSON.stringify(settingsOf(draft, dryRun)))
  form.append('file', draft.file!)
  return form
}

function Outcome({ task, dryRun }: { task: Task; dryRun: boolean }) {
  if (!isOver(task)) return <UnderWay task={task} hint={dryRun ? 'Checking' : 'Importing'} />
  if (task.status !== 'done') return <Alert color="red" title={task.status === 'canceled' ? 'Canceled' : 'The import failed'}>{task.error ?? 'Nothing more was written.'}</Alert>
  if (!dryRun) return null
  return <Stack gap="xs"><Text fw={600} size="sm">If you import now</Text><ImportCounts counts={task.result ?? {}} importId={String(task.result?.['importId'] ?? '')} /></Stack>
}
