/** Do the Site URL and the Public URL lead to this installation? Asked over the network, as a reader's browser would. */
import type { Ground } from '../platform/ground.ts'
import { publicUrlOf, readGeneral } from '../settings/settings.ts'
import { type Check, error, ok, warning } from './check.ts'

const deadlineMs = 5_000

/** What /healthz says of itself, so that an address can be seen to lead here and not to somebody else. */
export const instanceOf = ({ secrets }: Pick<Ground, 'secrets'>): string => secrets.key('instance').toString('hex').slice(0, 16)

const siteUrl: Check = {
  code: 'siteUrl', network: true,
  look: async (ground) => leadsHere(ground, (await readGeneral(ground.db)).siteUrl, 'Site URL'),
}

const publicUrl: Check = {
  code: 'publicUrl', network: true,
  look: async (ground) => leadsHere(ground, publicUrlOf(await readGeneral(ground.db)), 'Public URL'),
}

async function leadsHere(ground: Ground, url: string, name: string) {
  const advice = `Set the ${name} in Administration > Settings to the address under which this installation is reached, and look at the proxy in between.`
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(deadlineMs), redirect: 'follow' })
    const body = await response.json().catch(() => null) as { instance?: string } | null
    if (body?.instance !== instanceOf(ground)) return error(`${url} answers, but it is not this installation.`, advice)
  } catch (failure) {
    return error(`${url} cannot be reached: ${reasonOf(failure)}.`, advice)
  }
  return isLocal(url)
    ? warning(`${url} leads here, but only from this machine: links in real mail would lead nowhere.`, `Set the ${name} before mail goes to people outside.`)
    : ok(`${url} leads here.`)
}

const reasonOf = (failure: unknown) => {
  const cause = (failure as { cause?: { code?: string; message?: string } }).cause
  return cause?.code ?? cause?.message ?? (failure as Error).message
}

export const isLocal = (url: string) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(url)

export const addressChecks = [siteUrl, publicUrl]
