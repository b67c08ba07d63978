/** Do the Site URL and the Public URL lead to this installation? Asked over the network, as a reader's browser would. */
import { isIP } from 'node:net'
import { senderOf } from '../campaign/sender.ts'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import type { Ground } from '../platform/ground.ts'
import { timeInWords } from '../platform/date-and-time.ts'
import { isPublic } from '../platform/networks.ts'
import { readGeneral } from '../settings/settings.ts'
import { type Check, error, type Found, ok, warning } from './check.ts'
import { readJson, reasonOf } from './probe.ts'
import { isTrialDomain } from './trial.ts'

const deadlineMs = 5_000

/** What /healthz says of itself, so that an address can be seen to lead here and not to somebody else. */
export const instanceOf = ({ secrets }: Pick<Ground, 'secrets'>): string => nameBy(secrets.key(purpose))
/** The same, and by earlier secrets: a process that was started before the secret was changed. */
const namesOf = ({ secrets }: Pick<Ground, 'secrets'>): string[] => secrets.keys(purpose).map(nameBy)

const purpose = 'instance'
const nameBy = (key: Buffer): string => key.toString('hex').slice(0, 16)

const siteUrl: Check = {
  code: 'siteUrl', network: true,
  look: async (ground) => leadsHere(ground, (await readGeneral(ground.db)).siteUrl, 'Site URL'),
}

const publicUrl: Check = {
  code: 'publicUrl', network: true,
  async look(ground) {
    const { siteUrl: usual, publicUrl: url, timeZone } = await readGeneral(ground.db)
    const seen = await lastSeen(ground.db, timeZone)
    if (url === '' || url === usual) return ok(`Links lead to the Site URL, which has a check of its own. ${seen}`)
    const found = await leadsHere(ground, url, 'Public URL')
    return { ...found, message: `${found.message} ${seen}` }
  },
}

/** When somebody from the public internet asked for a public page or told us something by webhook. */
async function lastSeen(db: Db, timeZone: string): Promise<string> {
  const row = await db.selectFrom('publicSight').select('seenAt').executeTakeFirst()
  return `Last seen from a public address: ${row ? timeInWords(row.seenAt, timeZone) : 'never'}.`
}

async function leadsHere(ground: Ground, url: string, name: string): Promise<Found> {
  const advice = `Set the ${name} in Administration > Settings to the address under which this installation is reached, and look at the proxy in between.`
  try {
    const body = await readJson(`${url}/healthz`, AbortSignal.timeout(deadlineMs)) as { instance?: string } | null
    if (!namesOf(ground).includes(body?.instance ?? '')) return error(`${url} answers, but it is not this installation.`, advice)
  } catch (failure) {
    return error(`${url} cannot be reached: ${reasonOf(failure)}.`, advice)
  }
  return isLocal(url) ? judgeLocal(url, name, await senderDomain(ground.db)) : ok(`${url} leads here.`)
}

/** This machine, or an address of a private network: nobody outside gets there. */
export function isLocal(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 ? !isPublic(host) : /(^|\.)localhost$/.test(host)
}

/** While nobody outside can be mailed, nobody outside follows a link. */
export const judgeLocal = (url: string, name: string, fromDomain: string): Found => (isTrialDomain(fromDomain)
  ? ok(`${url} leads here. Nobody outside can follow links to it, which will do while Tidings is tried out.`)
  : warning(`${url} leads here, but not for anybody outside: links in real mail would lead nowhere.`, `Set the ${name} in Administration > Settings before mail goes to people outside.`))

/** The domain that mail is from by default; empty while there is none. */
export async function senderDomain(db: Db): Promise<string> {
  const sender = await senderOf(db, { accountId: null, fromAddress: '', fromName: '' })
  return sender ? domainOf(sender.fromAddress) : ''
}

export const addressChecks = [siteUrl, publicUrl]
