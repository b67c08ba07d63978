/** Asks an address as a browser would, whatever its port (fetch refuses some), and follows where it leads. */
import { get as getHttp, type IncomingMessage } from 'node:http'
import { get as getHttps } from 'node:https'
import { text } from 'node:stream/consumers'
import { errorText } from '../outbound/outcome.ts'

const mostHops = 5

/** The JSON that is there; null where it is none. Throws what the system said. */
export async function readJson(url: string, signal: AbortSignal, hops = 0): Promise<unknown> {
  const response = await ask(url, signal)
  const { statusCode = 0, headers: { location } } = response
  if (statusCode >= 300 && statusCode < 400 && location && hops < mostHops) {
    response.resume()
    return readJson(new URL(location, url).href, signal, hops + 1)
  }
  try {
    return JSON.parse(await text(response))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const ask = (url: string, signal: AbortSignal) => new Promise<IncomingMessage>((resolve, reject) => {
  const get = url.startsWith('https:') ? getHttps : getHttp
  get(url, { signal, agent: false }, resolve).once('error', reject)
})

export const reasonOf = (failure: unknown): string => ((failure as Error).name === 'AbortError' ? 'no answer within five seconds' : errorText(failure))
