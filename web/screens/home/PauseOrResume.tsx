/** Stops a mass email that is going out, or lets it go on. */
import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { type MassEmail, getMassEmail, listMassEmails } from '../../../src/campaign/contract.ts'
import { getProgress, pauseMassEmail, resumeMassEmail } from '../../../src/delivery/contract.ts'
import { getWhy } from '../../../src/health/contract.ts'
import { useAction } from '../../api/client.ts'
import { failed } from '../../ui/notice.tsx'

export function PauseOrResume({ massEmail: { id, name, status } }: { massEmail: MassEmail }) {
  const pausing = status === 'inProcess'
  const step = useAction(pausing ? pauseMassEmail : resumeMassEmail, { refreshes: [listMassEmails, getMassEmail, getProgress, getWhy] })
  const word = pausing ? 'Pause' : 'Resume'
  const Icon = pausing ? IconPlayerPause : IconPlayerPlay
  return (
    <Button size="compact-sm" variant="default" leftSection={<Icon size={14} aria-hidden />} loading={step.isPending} aria-label={`${word} ${name}`}
      onClick={() => step.mutate({ params: { id } }, { onError: failed })}>{word}</Button>
  )
}
