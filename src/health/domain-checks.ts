/** Do receivers find mail of the default sender authenticated, and do bounces find the way back? SPF and MX of where bounces go, DMARC of From, the record of every key that signs, the name of the machine that delivers. */
import { isIP } from 'node:net'
import { type Sender, senderOf } from '../campaign/sender.ts'
import { readAccount } from '../outbound/accounts.ts'
import { presetOf } from '../outbound/presets.ts'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import { isPublic } from '../platform/networks.ts'
import { checkDkim } from '../signing/dkim-record.ts'
import { aligned, checkDmarc } from '../signing/dmarc.ts'
import { type Dns, dnsDeadlineMs, openDns } from '../signing/dns.ts'
import { identityOf } from '../signing/keys.ts'
import { checkMx } from '../signing/mail-exchange.ts'
import type { RecordCheck } from '../signing/record.ts'
import { checkReverseName } from '../signing/reverse-name.ts'
import { checkSpf, judgeProvider } from '../signing/spf.ts'
import { type Check, error, type Found, ok, unknown, warning } from './check.ts'
import type { CheckCode } from './codes.ts'
import { isTrialDomain } from './trial.ts'

type Ask = (dns: Dns, sender: Sender, db: Db) => Promise<Found>

/** Nothing is asked about the Sandbox, while there is no From address, or of public DNS about a name that is nobody's. */
const ofDefaultSender = (code: CheckCode, domainAsked: (sender: Sender) => string, ask: Ask): Check => ({
  code, network: true,
  async look({ db, environment }) {
    const sender = await senderOf(db, { accountId: null, fromAddress: '', fromName: '' })
    if (!sender || sender.fromAddress === '') return unknown('There is no From address yet.')
    if (sender.kind === 'sandbox') return ok('The Sandbox sends nothing out.')
    const domain = domainAsked(sender)
    if (isTrialDomain(domain) && !environment.dns) return unknown(`${domain} is a name for trials (RFC 2606): public DNS knows nothing of it.`)
    return ask(openDns(environment.dns), sender, db)
  },
})

const fromDomainOf = ({ fromAddress }: Sender) => domainOf(fromAddress)
const envelopeDomainOf = ({ envelopeDomain }: Sender) => envelopeDomain
const deadline = () => AbortSignal.timeout(dnsDeadlineMs)

const spf = ofDefaultSender('spf', envelopeDomainOf, async (dns, { envelopeDomain, mailedBy }) =>
  levelOf(judgeProvider(await checkSpf(dns, envelopeDomain, deadline()), envelopeDomain, mailedBy)))

const dmarc = ofDefaultSender('dmarc', fromDomainOf, async (dns, sender) => levelOf(await checkDmarc(dns, fromDomainOf(sender), deadline())))

const dkim = ofDefaultSender('dkim', fromDomainOf, async (dns, sender, db) => {
  const fromDomain = fromDomainOf(sender)
  const keys = (await db.selectFrom('dkimKey').selectAll().where('state', '=', 'active').orderBy('domain').execute()).map(identityOf)
  const signal = deadline()
  const records = await Promise.all(keys.map((key) => checkDkim(dns, key, signal)))
  // A signature that nobody can verify is worse than none.
  const broken = records.find(({ state }) => state === 'missing' || state === 'wrong')
  if (broken) return error(broken.message, broken.advice)
  const open = records.find(({ state }) => state === 'unknown')
  if (open) return unknown(open.message)
  return keys.some(({ domain }) => domain === fromDomain)
    ? ok(`Mail from ${fromDomain} is signed, and DNS shows the key.`)
    : unknown(`Mail from ${fromDomain} is not signed by Tidings; whether the mail provider signs it cannot be seen from here. Keys are made in Administration > DKIM Keys.`)
})

const mx = ofDefaultSender('mx', envelopeDomainOf, async (dns, { envelopeDomain }) => {
  const found = await checkMx(dns, envelopeDomain, deadline())
  // Its servers may have no address that could be asked for: on one machine that is being tried out nobody asks for it.
  return found.state === 'missing' && found.record !== null && isTrialDomain(envelopeDomain) ? ok(`The MX of ${envelopeDomain} is ${found.record}.`) : levelOf(found)
})

/** Only of a server that delivers itself: what a provider's machines are called is the provider's business. */
const ptr = ofDefaultSender('ptr', fromDomainOf, async (dns, sender, db) => {
  const { host } = await readAccount(db, sender.accountId)
  const preset = presetOf(host)
  if (preset) return unknown(`${preset.name} delivers the mail and sees to the names of its machines.`)
  const signal = deadline()
  const answer = isIP(host) ? { kind: 'known' as const, records: [host] } : await dns.addresses(host, signal)
  if (answer.kind === 'unknown') return unknown(`DNS could not be asked for ${host}: ${answer.reason}.`)
  const ips = answer.records.filter(isPublic)
  if (ips.length === 0) return unknown(`${host} is on this machine or in this network: the address that receivers see cannot be seen from here.`)
  if (!isIP(host) && !isOwnServer(host.toLowerCase(), fromDomainOf(sender))) return unknown(`Whoever runs ${host} sees to the name of the machine that delivers.`)
  return levelOf(await checkReverseName(dns, ips, signal))
})

/** mx.acme.example sends for acme.example, and for news.acme.example too. */
export function isOwnServer(host: string, domain: string): boolean {
  const [, ...above] = host.split('.')
  return aligned(host, domain) || (above.length > 1 && aligned(above.join('.'), domain))
}

function levelOf({ state, message, advice }: RecordCheck): Found {
  if (state === 'wrong') return error(message, advice)
  if (state === 'missing') return warning(message, advice)
  return state === 'unknown' ? unknown(message) : ok(message)
}

export const domainChecks = [spf, dkim, dmarc, ptr, mx]
