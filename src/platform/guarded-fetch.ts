/**
 * Asks a URL that a person has typed, and never a private network: the address that is connected to is the one that was checked, so
 * no name can lead elsewhere between a look-up and the connection. No redirect is followed, the answer is cut, and time is short.
 */
import { lookup, type LookupAddress } from 'node:dns'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublic, networkList, plainAddress } from './networks.ts'

export type GuardedRequest = { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string }
export type GuardedAnswer = { status: number; body: string }
export type GuardedFetch = (url: string, request: GuardedRequest) => Promise<GuardedAnswer>

const usualDeadlineMs = 5_000
const mostBytes = 64 * 1024

/** `allowPrivate`: networks that may be reached although they are private (TIDINGS_ALLOW_PRIVATE). Throws with a sentence when there is no answer. */
export function guardedFetch(allowPrivate: readonly string[], { deadlineMs = usualDeadlineMs } = {}): GuardedFetch {
  const isAllowed = networkList(allowPrivate)
  const mayReach = (address: string) => isPublic(address) || (isIP(plainAddress(address)) !== 0 && isAllowed(plainAddress(address)))
  return (text, asked) => ask(new URL(text), asked, { mayReach, deadlineMs })
}

type MayReach = (address: string) => boolean

function ask(url: URL, { method, headers = {}, body }: GuardedRequest, { mayReach, deadlineMs }: { mayReach: MayReach; deadlineMs: number }): Promise<GuardedAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return Promise.reject(new Error(`${url.protocol} is not http or https.`))
  // A literal address is connected to without a look-up.
  if (isIP(host) !== 0 && !mayReach(host)) return Promise.reject(notReachable(host, host))
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method, headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
      // A connection of its own: one that is kept was checked for another request.
      agent: false, lookup: guardedLookup(mayReach), signal: AbortSignal.timeout(deadlineMs),
    }
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (answer) => {
      const parts: Buffer[] = []
      let length = 0
      const done = () => resolve({ status: answer.statusCode!, body: Buffer.concat(parts).subarray(0, mostBytes).toString('utf8') })
      answer.on('data', (part: Buffer) => {
        parts.push(part)
        length += part.length
        if (length < mostBytes) return
        done()
        sent.destroy()
      })
      answer.on('end', done)
      answer.on('error', (error) => reject(inWords(error, deadlineMs)))
    })
    sent.on('error', (error) => reject(inWords(error, deadlineMs)))
    sent.end(body)
  })
}

/** Only addresses that may be reached are handed on; without one there is no connection. */
const guardedLookup = (mayReach: MayReach): LookupFunction => (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const addresses = (found as LookupAddress[] | undefined) ?? []
    const allowed = addresses.filter(({ address }) => mayReach(address))
    if (error) return callback(error, '', 4)
    if (allowed.length === 0) return callback(notReachable(host, addresses[0]?.address ?? ''), '', 4)
    if (options.all) return callback(null, allowed)
    callback(null, allowed[0]!.address, allowed[0]!.family)
  })
}

const notReachable = (host: string, address: string) =>
  new Error(`${host === address ? host : `${host} (${address})`} is in a private network, which is reached only when TIDINGS_ALLOW_PRIVATE names it.`)

function inWords(error: Error & { code?: string; errors?: Error[] }, deadlineMs: number): Error {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return new Error(`There was no answer within ${deadlineMs / 1000} seconds.`)
  // Several addresses that were tried one after the other come without words of their own.
  return error.message ? error : new Error(error.errors?.map(({ message }) => message).join('; ') || error.code || 'It could not be reached.')
}
