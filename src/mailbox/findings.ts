/** What a message says about deliveries, and whether it proves it (spec: Bounces, Proof). Pure: no database, no clock. */
import type { BouncedRecipient, Classification } from '../bounce/classification.ts'
import { addressKey, parseAddress } from '../platform/email-address.ts'
import { type Doubt, type FindingKind, findingKinds } from './codes.ts'
import type { Origin } from './origins.ts'
import { days } from './periods.ts'

/** What is asked of whatever a report is about: a delivery, or a bounce loop's mail. */
export type Provable = Pick<Origin, 'lane' | 'id' | 'emailAddress' | 'test' | 'leftAt' | 'signed'>

export type Finding<About extends Provable = Origin> = {
  origin: About
  kind: FindingKind
  /** Null: proved. */
  doubt: Doubt | null
  /** The cause of a bounce, as the classifier names it. */
  reason: string
  /** The words of the server that refused. */
  reply: string
}

export type Told<About extends Provable = Origin> = {
  classification: Classification
  signed: readonly About[]
  /** Who wrote it: an opt-out by mail is the writer's own. */
  writer: string
  /** For recipients that no signature names. Keys are lower-case addresses. */
  byAddress: ReadonlyMap<string, About>
  now: Date
}

/** A report proves something for so long after its message was sent. */
const provesForDays = 30

export function findingsOf<About extends Provable>(told: Told<About>): Finding<About>[] {
  switch (told.classification.kind) {
    case 'bounce': case 'delayed': case 'delivered': return reportFindings(told)
    case 'feedback': return isComplaint(told.classification) ? complaintFindings(told) : []
    case 'optOut': return told.signed.map((origin) => plain(origin, 'optedOut', doubtOf(origin, [told.writer], told.now)))
    case 'reply': return told.signed.map((origin) => plain(origin, 'replied', origin.test ? 'testMail' : null))
    case 'autoReply': return told.signed.map((origin) => plain(origin, 'autoReply', origin.test ? 'testMail' : null))
    case 'other': return []
  }
}

/** RFC 5965 7.3: "this is no spam" and reports about signatures use the same form. */
export const isComplaint = ({ kind, feedbackType }: Classification): boolean => kind === 'feedback' && !['not-spam', 'auth-failure', 'dmarc'].includes(feedbackType ?? '')

/** Recipients that are looked for by their address alone: those of reports and complaints that no signature names. */
export function namelessRecipients({ kind, recipients }: Classification, signed: readonly Pick<Provable, 'emailAddress'>[]): string[] {
  if (!['bounce', 'delayed', 'delivered', 'feedback'].includes(kind)) return []
  const addresses = [...new Set(recipients.flatMap(namesOf))]
  const nameless = addresses.filter((address) => !signed.some((origin) => keyOfText(origin.emailAddress) === address))
  // Signed for one, and about somebody else altogether: forwarded or forged. It stays with the delivery that was signed.
  return signed.length > 0 && nameless.length === addresses.length ? [] : nameless
}

function reportFindings<About extends Provable>(told: Told<About>): Finding<About>[] {
  const { classification: { recipients, kind, bounce }, signed, byAddress, now } = told
  const named = recipients.filter((recipient) => namesOf(recipient).length > 0)
  // Some reports name nobody; then only a signature can say whom they are about.
  if (named.length === 0) return signed.map((origin) => ({ ...plain(origin, bounce ?? kindOf(kind), doubtOf(origin, null, now)), ...wordsOf(recipients[0]) }))
  const addresses = named.flatMap(namesOf)
  const about = (recipient: BouncedRecipient): Finding<About>[] => {
    const names = namesOf(recipient)
    const own = signed.filter((origin) => names.includes(keyOfText(origin.emailAddress)))
    const origins = own.length > 0 ? own : names.map((name) => byAddress.get(name)).filter((origin) => origin !== undefined).slice(0, 1)
    return origins.map((origin) => ({ ...plain(origin, kindOfRecipient(recipient), doubtOf(origin, addresses, now)), ...wordsOf(recipient) }))
  }
  const found = named.flatMap(about)
  return found.length > 0 ? worstOfEach(found) : signed.map((origin) => ({ ...plain(origin, bounce ?? kindOf(kind), 'otherAddress'), ...wordsOf(named[0]) }))
}

/** Providers often leave the recipient out of a complaint; the signature then says who it was. */
function complaintFindings<About extends Provable>({ classification: { recipients }, signed, byAddress, now }: Told<About>): Finding<About>[] {
  const addresses = recipients.flatMap(namesOf)
  if (signed.length > 0) return signed.map((origin) => plain(origin, 'complained', doubtOf(origin, addresses.length > 0 ? addresses : null, now)))
  return [...byAddress.values()].map((origin) => plain(origin, 'complained', 'noToken'))
}

/** The address that was mailed comes before the one that it was forwarded to. */
const namesOf = ({ original, address }: BouncedRecipient): string[] => [original ?? '', address].map(keyOfText).filter((key) => key !== '')

/** `addresses`: whom the message is about, as addresses compare; null when it does not say. */
function doubtOf(origin: Provable, addresses: readonly string[] | null, now: Date): Doubt | null {
  if (!origin.signed) return 'noToken'
  if (origin.test) return 'testMail'
  if (origin.leftAt === null) return 'notSent'
  if (now.getTime() - origin.leftAt.getTime() > days(provesForDays)) return 'tooOld'
  return addresses === null || addresses.includes(keyOfText(origin.emailAddress)) ? null : 'otherAddress'
}

const plain = <About extends Provable>(origin: About, kind: FindingKind, doubt: Doubt | null): Finding<About> => ({ origin, kind, doubt, reason: '', reply: '' })
const wordsOf = (recipient: BouncedRecipient | undefined) => (recipient ? { reason: recipient.reason as string, reply: recipient.diagnostic } : {})

const kindOf = (kind: Classification['kind']): FindingKind => (kind === 'delayed' ? 'delayed' : 'delivered')
const kindOfRecipient = ({ bounce, action }: BouncedRecipient): FindingKind => bounce ?? (action === 'delayed' ? 'delayed' : 'delivered')

/** A report that names a recipient twice says one thing about it: hard before soft, failures before the rest. */
function worstOfEach<About extends Provable>(findings: Finding<About>[]): Finding<About>[] {
  const worst = new Map<string, Finding<About>>()
  for (const finding of [...findings].sort((a, b) => findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind))) {
    const key = `${finding.origin.lane} ${finding.origin.id}`
    if (!worst.has(key)) worst.set(key, finding)
  }
  return [...worst.values()]
}

/** As addresses compare, whatever the spelling of an international domain. */
export const keyOfText = (address: string): string => addressKey(parseAddress(address).address)
