/** Clears a suppression: asks why, because lifting an opt-out is somebody's word against their own earlier one. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import * as api from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { failed, succeeded } from '../../ui/notice.tsx'

type Lifted = Partial<api.Suppression>

export function useLiftSuppression() {
  const lift = useAction(api.removeSuppression, { refreshes: [api.listSuppressions], done: () => succeeded('Cleared. This address may be mailed again.') })
  return ({ id, emailAddress, reason }: Lifted) => {
    const dialog = modals.open({
      title: `Mail ${displayAddress(emailAddress ?? '')} again?`,
      children: <LiftForm optedOut={reason === 'optedOut'} onLift={(why) => { modals.close(dialog); lift.mutate({ params: { id: id! }, query: { reason: why } }, { onError: failed }) }} />,
    })
  }
}

function LiftForm({ optedOut, onLift }: { optedOut: boolean; onLift: (reason: string) => void }) {
  const [reason, setReason] = useState('')
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) onLift(reason.trim()) }}>
      <Stack>
        {optedOut && <Text size="sm">This person asked not to be mailed. Clear it only if they asked you to.</Text>}
        <TextInput label="Reason" description="Kept in the audit log." required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Group justify="flex-end"><Button type="submit" disabled={!reason.trim()} title={reason.trim() ? undefined : 'Say why first'}>Clear</Button></Group>
      </Stack>
    </form>
  )
}
