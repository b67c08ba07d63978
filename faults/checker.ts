/** The invariants I1 to I8 over the evidence of one mass email. Pure; a complaint is one sentence that begins with the invariant's name. */
import type { DeliveryRow, Evidence } from './evidence.ts'
import type { Entry } from './journal.ts'
import { leastNamings, tokensIn } from './letter.ts'

/** How many must end otherwise than Sent in this scenario, or who may: what is not named must be none. */
export type Expected = { failed?: number | ReadonlySet<string>; skipped?: number | ReadonlySet<string>; pending?: 'some' }

export type Verdict = { recipients: number; lost: number; duplicates: number; allowed: number; uncertain: number; broken: string[] }

export function judge(evidence: Evidence, expected: Expected = {}): Verdict {
  const lost = lostOf(evidence)
  const duplicates = evidence.journal.length - receivedOf(evidence).size
  const rules: Rule[] = [countsAddUp, loggedOnce, nobodyLost, duplicatesAreNamed, aNoHolds, figuresAreRight, hourHolds, mailIsOnesOwn, pagesAreOnesOwn]
  return {
    recipients: evidence.deliveries.length, lost: lost.length, duplicates, allowed: evidence.allowed,
    uncertain: [...evidence.logged.values()].filter((actions) => actions.includes('uncertain')).length,
    broken: [...rules.flatMap((rule) => summed(rule(evidence, expected))), ...evidence.found],
  }
}

type Rule = (evidence: Evidence, expected: Expected) => string[]

const shown = 3

/** The first few stand for all: a broken invariant may be broken ten thousand times. */
const summed = (complaints: string[]): string[] =>
  complaints.length <= shown ? complaints : [...complaints.slice(0, shown), `… and ${complaints.length - shown} more like these`]

const countBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}

const receivedOf = ({ journal }: Evidence) => countBy(journal, ({ recipient }) => recipient)

/** I1: the frozen audience, each person once, in one of the final statuses that this scenario allows. */
function countsAddUp({ deliveries, included }: Evidence, { failed = 0, skipped = 0, pending }: Expected): string[] {
  const complaints: string[] = []
  if (deliveries.length !== included) complaints.push(`I1: ${included} were included, and the ledger has ${deliveries.length}.`)
  if (countBy(deliveries, ({ emailAddress }) => emailAddress.toLowerCase()).size !== deliveries.length) complaints.push('I1: an address has two deliveries.')
  for (const [status, wanted] of Object.entries({ failed, skipped, uncertain: 0, sending: 0, ...(pending !== 'some' && { pending: 0 }) })) {
    complaints.push(...notAsWanted(deliveries.filter((delivery) => delivery.status === status), status, wanted))
  }
  return complaints
}

function notAsWanted(deliveries: readonly DeliveryRow[], status: string, wanted: number | ReadonlySet<string>): string[] {
  if (typeof wanted === 'number') return deliveries.length === wanted ? [] : [`I1: ${deliveries.length} are ${status}, ${wanted} should be.`]
  return deliveries.filter(({ emailAddress }) => !wanted.has(emailAddress)).map(({ key, reasonCode }) => `I1: delivery ${key} is ${status} (${reasonCode}) without a cause.`)
}

/** I1: what became of somebody stands in the log, once. */
function loggedOnce({ deliveries, logged }: Evidence): string[] {
  return deliveries.filter(({ status }) => ['sent', 'failed', 'skipped'].includes(status)).flatMap(({ key, status }) => {
    const times = (logged.get(key) ?? []).filter((action) => action === status).length
    return times === 1 ? [] : [`I1: delivery ${key} is ${status}, and the log says so ${times} times.`]
  })
}

/** Sent as far as we know, and no server has it. */
function lostOf(evidence: Evidence): DeliveryRow[] {
  const received = receivedOf(evidence)
  return evidence.deliveries.filter(({ status, emailAddress }) => status === 'sent' && !received.has(emailAddress))
}

/** I2, and its reverse: nobody has a message of which we say that it did not leave. */
function nobodyLost(evidence: Evidence): string[] {
  const byAddress = new Map(evidence.deliveries.map((delivery) => [delivery.emailAddress, delivery]))
  const unknown = [...receivedOf(evidence).keys()].flatMap((recipient) => {
    const delivery = byAddress.get(recipient)
    if (!delivery) return [`I1: ${recipient} got a message and is not in the ledger.`]
    const isKnown = delivery.status === 'sent' || (evidence.logged.get(delivery.key) ?? []).includes('uncertain')
    return isKnown ? [] : [`I1: delivery ${delivery.key} is ${delivery.status}, and its message was taken.`]
  })
  return [...lostOf(evidence).map(({ key }) => `I2: delivery ${key} is sent, and no server took it.`), ...unknown]
}

/** I3. */
function duplicatesAreNamed(evidence: Evidence): string[] {
  const keys = new Map(evidence.deliveries.map(({ emailAddress, key }) => [emailAddress, key]))
  const twice = [...receivedOf(evidence)].filter(([, times]) => times > 1).map(([recipient]) => recipient)
  const count = evidence.journal.length - receivedOf(evidence).size
  const unnamed = twice.filter((recipient) => !(evidence.logged.get(keys.get(recipient) ?? '') ?? []).includes('uncertain'))
  const ids = new Map<string, Set<string>>()
  for (const { recipient, messageId } of evidence.journal) ids.set(recipient, (ids.get(recipient) ?? new Set()).add(messageId))
  return [
    ...(count > evidence.allowed ? [`I3: ${count} messages came twice, ${evidence.allowed} are allowed.`] : []),
    ...unnamed.map((recipient) => `I3: ${recipient} got it twice, and the log does not name it Uncertain.`),
    ...twice.filter((recipient) => ids.get(recipient)!.size > 1).map((recipient) => `I3: the two messages for ${recipient} have different Message-IDs.`),
  ]
}

/** Ours, the program's and the database's clock are one machine's; the program's view of it is off by half a round trip. */
const clockErrorMs = 20

/** I4: whoever said no before the mark got nothing. The mark is compared with the moment at which the "no" was known to be committed. */
function aNoHolds({ noes, deliveries, journal }: Evidence): string[] {
  const byAddress = new Map(deliveries.map((delivery) => [delivery.emailAddress, delivery]))
  const received = new Map<string, Entry>(journal.map((entry) => [entry.recipient, entry]))
  return noes.flatMap(({ emailAddress, committedAt }) => {
    const delivery = byAddress.get(emailAddress)
    if (!received.has(emailAddress)) return []
    if (!delivery) return [`I4: ${emailAddress} said no before the audience was frozen, and got a message.`]
    const late = delivery.markedAt === null ? received.get(emailAddress)!.at - committedAt : delivery.markedAt - committedAt
    return late > clockErrorMs ? [`I4: ${emailAddress} said no ${Math.round(late)} ms before the mark, and got a message.`] : []
  })
}

/** I5: the recount finds no difference, and the figures that people see are those of the ledger. */
function figuresAreRight({ differences, figures, deliveries }: Evidence): string[] {
  const counts = countBy(deliveries, ({ status }) => status)
  const wrong = ['sent', 'failed', 'skipped', 'uncertain'].filter((metric) => (figures[metric] ?? 0) !== (counts.get(metric) ?? 0))
  return [
    ...differences.map((difference) => `I5: ${difference}`),
    ...wrong.map((metric) => `I5: the figure ${metric} is ${figures[metric]}, the ledger has ${counts.get(metric) ?? 0}.`),
    ...(figures['people'] === deliveries.length ? [] : [`I5: the figure people is ${figures['people']}, the ledger has ${deliveries.length}.`]),
  ]
}

const hourMs = 3_600_000

/** I7: in any hour that ends with a message, by the mail server's clock. */
function hourHolds({ journal, maxPerHour }: Evidence): string[] {
  if (maxPerHour === null) return []
  const times = journal.map(({ at }) => at).sort((a, b) => a - b)
  let first = 0
  let most = 0
  for (const [index, at] of times.entries()) {
    while (times[first]! <= at - hourMs) first++
    most = Math.max(most, index - first + 1)
  }
  return most > maxPerHour ? [`I7: ${most} messages left in one hour, ${maxPerHour} may.`] : []
}

/** I8: the page that a message leads to shows the mail of its reader. */
const pagesAreOnesOwn = ({ pages }: Evidence): string[] =>
  pages.filter(({ recipient, tokens }) => tokens.length !== 1 || tokens[0] !== tokensIn(recipient)[0])
    .map(({ recipient, tokens }) => `I8: the page of the message for ${recipient} names ${tokens.length === 0 ? 'nobody' : 'somebody else'}.`)

/** I8: a message names its reader and nobody else, and no link stands in the mail of two people. */
function mailIsOnesOwn({ journal }: Evidence): string[] {
  const owners = new Map<string, string>()
  return journal.flatMap(({ recipient, tokens, namings, links, messageId }) => {
    const [own] = tokensIn(recipient)
    const complaints: string[] = []
    if (tokens.some((token) => token !== own)) complaints.push(`I8: the message for ${recipient} names somebody else.`)
    if (namings < leastNamings) complaints.push(`I8: the message for ${recipient} names its reader ${namings} times, ${leastNamings} are expected.`)
    for (const secret of [...links, messageId]) {
      if ((owners.get(secret) ?? recipient) !== recipient) complaints.push(`I8: the message for ${recipient} has a link of ${owners.get(secret)}.`)
      owners.set(secret, recipient)
    }
    return complaints
  })
}
