/** Can receivers tell that mail with this From is really from its domain? The pre-flight's rule about SPF, DKIM and DMARC. Pure. */
import { aligned } from '../signing/dmarc.ts'
import type { RecordCheck } from '../signing/record.ts'
import type { Check, Level } from './preflight.ts'

/** SPF is asked of the envelope sender's domain, DKIM and DMARC of the one in From. `signed`: a key of ours signs it. */
export type Authentication = { fromDomain: string; envelopeDomain: string; signed: boolean; spf: RecordCheck; dkim: RecordCheck; dmarc: RecordCheck }

/** From so many on the large providers refuse mail that is not authenticated; below they may let it pass as spam. */
const bulkLimit = 5_000

/** Gmail, Yahoo (with AOL) and Microsoft, by the first part of the domain. */
export const largeProviders = ['gmail', 'googlemail', 'yahoo', 'ymail', 'rocketmail', 'aol', 'outlook', 'hotmail', 'live', 'msn'] as const

/** `authentication` is null while DNS has not been asked; the Sandbox is never asked about. `atLargeProviders`: how many of the included. */
export function fromNotAuthenticated(authentication: Authentication | null, atLargeProviders: number): Check {
  if (!authentication) return finding('unknown', 'Whether the domain of From has SPF, DKIM and DMARC is not known yet.', 'Look again in a moment: DNS is being asked.')
  const faults = faultsOf(authentication)
  const open = [authentication.spf, authentication.dkim, authentication.dmarc].find(({ state }) => state === 'unknown')
  if (faults.some(({ isSure }) => isSure)) return faultFinding(faults, atLargeProviders)
  // What DNS did not say may be what is missing: the rest alone proves nothing.
  if (open) return finding('unknown', `Whether mail from ${authentication.fromDomain} is authenticated is not known. ${open.message}`, open.advice)
  if (faults.length > 0) return faultFinding(faults, 0)
  return finding('ok', `Mail from ${authentication.fromDomain} is authenticated by SPF, DKIM and DMARC.`, '')
}

function faultFinding(faults: readonly Fault[], atLargeProviders: number): Check {
  const refused = atLargeProviders > bulkLimit ? ` ${atLargeProviders} recipients are at Gmail, Yahoo or Microsoft, which refuse such mail.` : ''
  return finding(refused ? 'error' : 'warning', faults.map(({ message }) => message).join(' ') + refused, faults.map(({ advice }) => advice).filter(Boolean).join(' '))
}

const finding = (level: Level, message: string, advice: string): Check => ({ code: 'fromNotAuthenticated', level, message, advice })

type Fault = { isSure: boolean; message: string; advice: string }

/** Not sure is what a mail provider may do for us unseen: sign with a key of its own. */
function faultsOf({ fromDomain, envelopeDomain, signed, spf, dkim, dmarc }: Authentication): Fault[] {
  const faults = [{ check: spf, isSure: true }, { check: dkim, isSure: signed }, { check: dmarc, isSure: true }]
    .filter(({ check: { state } }) => state === 'missing' || state === 'wrong')
    .map(({ check: { message, advice }, isSure }) => ({ isSure, message, advice }))
  if (!signed && !aligned(fromDomain, envelopeDomain)) {
    faults.push({
      isSure: false, message: `Bounces go to ${envelopeDomain}, so SPF says nothing for ${fromDomain}.`,
      advice: `Sign mail from ${fromDomain} by DKIM, or choose a bounce address within it.`,
    })
  }
  return faults
}
