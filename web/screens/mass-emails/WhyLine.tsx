/** The one line on Home and in rows: the first reason why nothing of a mass email goes out, with the way to mend it. */
import { Text } from '@mantine/core'
import { MendLink } from './WhyNote.tsx'
import { useWhy } from './WhyPanel.tsx'
import { isPatient } from './why-places.ts'

/** `patient`: also reasons that pass by themselves. */
export function WhyLine({ massEmail: { id, campaignId }, patient = true }: { massEmail: { id: string; campaignId: string }; patient?: boolean }) {
  const [reason] = (useWhy(id, true) ?? []).filter((each) => patient || !isPatient(each))
  if (!reason) return null
  return <Text size="sm" c={isPatient(reason) ? 'dimmed' : 'var(--tidings-bad)'} mt={4}>{reason.message} <MendLink reason={reason} campaignId={campaignId} /></Text>
}
