/** Where bounces go: with VERP an address of this very mail, else the account's bounce address, else From. Pure. */
import { domainOf } from '../platform/email-address.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'
import type { Account } from './accounts.ts'

type Way = { account: Pick<Account, 'bounceAddress'>; settings: Pick<OutboundEmailSettings, 'bounceAddress' | 'bounceDomain'>; from: string }

export function returnPath({ account, settings, from }: Way, verpToken: string | null): string {
  const bounceAddress = account.bounceAddress || settings.bounceAddress
  if (verpToken === null) return bounceAddress || from
  return `bounce+${verpToken}@${settings.bounceDomain || domainOf(bounceAddress || from)}`
}
