/** Lifts a "no". It needs a reason, because it is audited. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { optOutReads } from './opt-out-reads.ts'

export function CancelOptOutForm({ listId, emailAddress }: { listId: string; emailAddress: string }) {
  const [reason, setReason] = useState('')
  const action = useAction(api.cancelOptOut, {
    refreshes: optOutReads,
    done: () => { modals.closeAll(); succeeded(`The opt-out of ${displayAddress(emailAddress)} is lifted.`) },
  })
  return (
    <form onSubmit={(event) => { event.preventDefault(); action.mutate({ params: { id: listId }, body: { emailAddress, reason } }) }}>
      <Stack>
        <Text size="sm"><b>{displayAddress(emailAddress)}</b> said no to this list. Only lift it when that person asked for it: your name, the time and the reason are kept.</Text>
        <TextInput label="Reason" required data-autofocus placeholder="Asked by phone on Monday" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <ErrorNote error={action.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>Keep the opt-out</Button>
          <Button type="submit" disabled={!reason.trim()} title={reason.trim() ? undefined : 'Give the reason first'} loading={action.isPending}>Lift the opt-out</Button>
        </Group>
      </Stack>
    </form>
  )
}
