/** Opts an address out of a list, in somebody's name. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { optOutReads } from './opt-out-reads.ts'

export function OptOutForm({ listId, emailAddress }: { listId: string; emailAddress: string }) {
  const [reason, setReason] = useState('')
  const action = useAction(api.optOut, {
    refreshes: optOutReads,
    done: () => { modals.closeAll(); succeeded(`${displayAddress(emailAddress)} is opted out of this list.`) },
  })
  return (
    <form onSubmit={(event) => { event.preventDefault(); action.mutate({ params: { id: listId }, body: { emailAddress, ...(reason.trim() && { reason }) } }) }}>
      <Stack>
        <Text size="sm"><b>{displayAddress(emailAddress)}</b> will get nothing more because of this list. It holds for every record with this address.</Text>
        <TextInput label="Reason" description="Not required. It stands beside the opt-out." value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <ErrorNote error={action.error} />
        <Group justify="flex-end"><Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button><Button type="submit" loading={action.isPending}>Opt out</Button></Group>
      </Stack>
    </form>
  )
}
