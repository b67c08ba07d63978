/** Do receivers find mail of the default sender authenticated? SPF of where bounces go, DMARC of From, and the record of every key that signs. */
import { type Sender, senderOf } from '../campaign/sender.ts'
import type { Db } from '../platform/db.ts'
import { checkDkim } from '../signing/dkim-record.ts'
import { checkDmarc } from '../signing/dmarc.ts'
import { type Dns, dnsDeadlineMs, openDns } from '../signing/dns.ts'
import { identityOf } from '../signing/keys.ts'
import type { RecordCheck } from '../signing/record.ts'
import { checkSpf, judgeProvider } from '../signing/spf.ts'
import { type Check, error, type Finding, ok, unknown, warning } from './check.ts'

type Found = Omit<Finding, 'code'>
type Ask = (dns: Dns, sender: Sender, db: Db) => Promise<Found>

/** Nothing is asked about the Sandbox, or while there is no From address. */
const ofDefaultSender = (code: string, ask: Ask): Check => ({
  code, network: true,
  async look({ db, environment }) {
    const sender = await senderOf(db, { accountId: null, fromAddress: '', fromName: '' })
    if (!sender || sender.fromAddress === '') return unknown('There is no From address yet.')
    if (sender.kind === 'sandbox') return ok('The Sandbox sends nothing out.')
    return ask(openDns(environment.dns), sender, db)
  },
})

const domainOf = ({ fromAddress }: Sender) => fromAddress.slice(fromAddress.lastIndexOf('@') + 1)
const deadline = () => AbortSignal.timeout(dnsDeadlineMs)

const spf = ofDefaultSender('spf', async (dns, { envelopeDomain, mailedBy }) =>
  levelOf(judgeProvider(await checkSpf(dns, envelopeDomain, deadline()), envelopeDomain, mailedBy)))

const dmarc = ofDefaultSender('dmarc', async (dns, sender) => levelOf(await checkDmarc(dns, domainOf(sender), deadline())))

const dkim = ofDefaultSender('dkim', async (dns, sender, db) => {
  const fromDomain = domainOf(sender)
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

function levelOf({ state, message, advice }: RecordCheck): Found {
  if (state === 'wrong') return error(message, advice)
  if (state === 'missing') return warning(message, advice)
  return state === 'unknown' ? unknown(message) : ok(message)
}

export const domainChecks = [spf, dkim, dmarc]
