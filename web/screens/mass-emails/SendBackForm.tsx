/** Not approved: whoever asked is told why. */
import { Button, Group, Stack, Textarea } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/campaign/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { massEmailReads } from './use-steps.tsx'

export function SendBackForm({ massEmail: { id, approval } }: { massEmail: api.MassEmail }) {
  const [reason, setReason] = useState('')
  const refuse = useAction(api.refuseApproval, { refreshes: massEmailReads, done: () => { modals.closeAll(); succeeded(`It is back with ${approval?.askedByName}.`) } })
  return (
    <form onSubmit={(event) => { event.preventDefault(); refuse.mutate({ params: { id }, body: { reason } }) }}>
      <Stack>
        <Textarea label="What should be different?" description={`${approval?.askedByName} reads it on the mass email, and in a notice.`} required data-autofocus autosize minRows={3} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <ErrorNote error={refuse.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
          <Button type="submit" disabled={!reason.trim()} title={reason.trim() ? undefined : 'Say why first'} loading={refuse.isPending}>Send back</Button>
        </Group>
      </Stack>
    </form>
  )
}
