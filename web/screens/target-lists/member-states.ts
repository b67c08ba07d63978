/** What stands between a member and the next mail, in words. */
import type { Member } from '../../../src/audience/contract.ts'

export type MemberState = Member['state']

export const memberStateWords: Record<MemberState, string> = {
  deliverable: 'Deliverable',
  noAddress: 'No address',
  malformed: 'Malformed address',
  complained: 'Complained',
  optedOut: 'Opted out',
  invalid: 'Invalid address',
  softBounced: 'Bounced repeatedly',
  doNotEmail: 'Do not email',
  inactiveUser: 'Inactive user',
  notMailable: 'Not mailable',
}

export const memberStates = Object.keys(memberStateWords) as MemberState[]

export const memberStateColors: Record<MemberState, string> = {
  deliverable: 'green', noAddress: 'gray', malformed: 'red', complained: 'red', optedOut: 'lamp', invalid: 'red', softBounced: 'lamp',
  doNotEmail: 'gray', inactiveUser: 'gray', notMailable: 'gray',
}

type Numbers = { invalid: number; noAddress: number; otherwise: Partial<Record<MemberState, number>> }

/** Everybody who cannot be mailed and did not opt out, by reason, the most frequent first. */
export function notMailable({ invalid, noAddress, otherwise }: Numbers): { state: MemberState; count: number }[] {
  const states = { ...otherwise, invalid, noAddress }
  return (Object.entries(states) as [MemberState, number][])
    .filter(([state, count]) => count > 0 && state !== 'deliverable' && state !== 'optedOut')
    .map(([state, count]) => ({ state, count }))
    .sort((a, b) => b.count - a.count)
}
