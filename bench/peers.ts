/** What others do on the same machine, into the same sink: the best that is possible, and the usual way. */
import { execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { createTransport } from 'nodemailer'
import { senderDomain, sessions } from './campaign.ts'
import { letter } from './letter.ts'

/** Messages a second of Postfix's own test client, connections kept: no ledger, no rendering, one fixed message. */
export async function smtpSource(port: number, count: number, bytes: number): Promise<number> {
  const args = ['-d', '-s', String(sessions), '-m', String(count), '-l', String(bytes), '-f', `letters@${senderDomain}`, '-t', 'reader@good.test', `127.0.0.1:${port}`]
  return rateOf(count, async () => {
    const [code] = await once(spawn('smtp-source', args, { stdio: 'inherit' }), 'exit') as [number | null]
    if (code !== 0) throw new Error(`smtp-source ended with ${code}.`)
  })
}

/** Messages a second of a nodemailer pool that composes one fixed message of that size anew each time, signed or not. */
export async function nodemailer(port: number, count: number, bytes: number, { signed }: { signed: boolean }): Promise<number> {
  const dkim = signed && { dkim: { domainName: senderDomain, keySelector: 'bench', privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } }
  const transport = createTransport({ pool: true, maxConnections: sessions, maxMessages: Infinity, host: '127.0.0.1', port, ignoreTLS: true, ...dkim })
  const html = letter.repeat(Math.ceil(bytes / letter.length)).slice(0, bytes)
  const rate = await rateOf(count, () => Promise.all(Array.from({ length: count }, () =>
    transport.sendMail({ from: `letters@${senderDomain}`, to: 'reader@good.test', subject: 'News', html }))))
  transport.close()
  return rate
}

/** RSA-2048 signatures a second of OpenSSL on all processors. */
export function opensslSigning(seconds = 5): number {
  const output = execFileSync('openssl', ['speed', '-seconds', String(seconds), '-multi', String(cpus().length), 'rsa2048'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const rate = /^rsa 2048 bits\s+\S+s\s+\S+s\s+([\d.]+)/m.exec(output)?.[1]
  if (!rate) throw new Error(`openssl speed says nothing of rsa2048: ${output}`)
  return Number(rate)
}

/** Runs `work` and answers how many of `count` it did in a second. */
async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return count / ((performance.now() - start) / 1000)
}
