/** Asks the server why nothing of a mass email is going out, again and again while it stands still. */
import { type Why, getWhy } from '../../../src/health/contract.ts'
import { useLook } from '../../api/client.ts'
import { useNow } from '../../ui/TimeAgo.tsx'
import { WhyNote } from './WhyNote.tsx'

/** `undefined` until the first answer. */
export const useWhy = (massEmailId: string, enabled: boolean): Why['reasons'] | undefined =>
  useLook(getWhy, { params: { id: massEmailId } }, { enabled, every: 5000 }).data?.reasons

export function WhyPanel({ reasons, campaignId }: { reasons: Why['reasons'] | undefined; campaignId: string }) {
  const now = useNow(30_000)
  return reasons ? <WhyNote reasons={reasons} campaignId={campaignId} now={now} /> : null
}
