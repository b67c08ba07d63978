/**
 * Every message of a whole run before independent judges: Python's strict parser and mailauth. The readers' names are the worst that
 * people have. `TIDINGS_MESSAGES=10000` makes the run as long as that.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer, json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import type { Api } from '../../src/demo/api.ts'
import { dataFolder, startProgram } from '../program.ts'
import { importContacts, type Made, send, sendThrough, untilComplete } from './sending.ts'

const count = Number(process.env.TIDINGS_MESSAGES ?? 1_000)

const names: readonly [first: string, last: string][] = [
  ['Anna', 'Miller'], ['Änne', 'Ødegård'], ['Олена', 'Шевченко'], ['花子', '山田'], ['😀', 'Smile'], ["O'Neil", '"Quoted"'], ['<b>Bold</b>', '& Co.'], ['.', '..'],
  ['=?UTF-8?Q?x?=', 'Encoded'], ['Very', 'long '.repeat(30).trim()], ['x'.repeat(120), 'Unbroken'], ['عمر', 'الخيام'], ['{Person.lastName}', '{optOutUrl}'], ['Comma, Jr.', '(paren)'],
]

type Read = { faults: string[]; to: string; subject: string; messageId: string; fields: string[]; text: string; html: string }

/** Each reader's number stands in the name between two marks, so that it is found wherever the name is. */
const readers = Array.from({ length: count }, (_, number) => {
  const [first, last] = names[number % names.length]!
  return { first, last: `${last} #${number}#`, address: `reader${number}@good.test` }
})

const subject = 'News for {Person.firstName} {Person.lastName}'
const body = `<html><body><p>Dear {Person.firstName} {Person.lastName},</p>\n.\n..dots\n<p title="{Person.lastName}">Grüße ${'and a long line of words '.repeat(60)}</p>
<p><a href="{link}">Offer</a> · <a href="{optOutUrl}">Unsubscribe</a></p></body></html>`

test('of a whole run every message parses strictly, is signed validly, and carries its own reader and nobody else', { timeout: 600_000 }, async () => {
  await using server = await startCollectingServer()
  await using data = await dataFolder()
  await using program = await startProgram(data.path)
  const { api } = program
  await sendThrough(api, server.port, { openTracking: true })
  const record = await givenKey(api)
  const targetListId = await importContacts(api, ['firstName', 'lastName', 'emailAddress'], readers.map(({ first, last, address }) => [first, last, address]))
  await untilComplete(api, (await send(api, { targetListId, subject, body })).id, 300_000)

  expect(server.messages.size).toBe(count)
  const read = await strictly([...server.messages.values()])
  expect(read.flatMap(({ faults }) => faults)).toEqual([])
  expect(new Set(read.map(({ messageId }) => messageId)).size).toBe(count)
  const addresses = [...server.messages.keys()]
  read.forEach((message, index) => expectOwn(message, addresses[index]!))
  const results = await Promise.all([...server.messages.values()].map((bytes) => signatureOf(bytes, record)))
  expect(results.filter((result) => result !== 'pass')).toEqual([])
})

function expectOwn(message: Read, address: string) {
  const number = /\d+/.exec(address)![0]
  expect(message.to).toContain(address)
  for (const place of [message.to, message.subject, message.text, message.html]) {
    expect([...new Set([...place.matchAll(/#(\d+)#/g)].map(([, found]) => found))]).toEqual([number])
  }
  for (const field of ['List-Unsubscribe', 'List-Unsubscribe-Post', 'List-Id', 'DKIM-Signature', 'Date', 'From']) {
    expect(message.fields.filter((name) => name === field)).toHaveLength(1)
  }
}

async function givenKey(api: Api): Promise<string> {
  const key = await api.post<Made & { recordValue: string }>('/dkim-keys', { domain: 'shop.example', algorithm: 'rsa' })
  await api.post(`/dkim-keys/${key.id}/activate`, { override: true })
  return key.recordValue
}

async function signatureOf(bytes: Buffer, record: string): Promise<string> {
  const { results } = await dkimVerify(bytes, { resolver: async () => [[record]] })
  return results.map(({ status }) => status.result).join(' ')
}

async function strictly(messages: readonly Buffer[]): Promise<Read[]> {
  const child = spawn('/usr/bin/python3', [fileURLToPath(new URL('strict_parser.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(messages.map((bytes) => bytes.toString('base64'))))
  return await json(child.stdout) as Read[]
}

async function startCollectingServer(): Promise<AsyncDisposable & { port: number; messages: Map<string, Buffer> }> {
  const messages = new Map<string, Buffer>()
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, maxClients: 1_000,
    onData(stream, { envelope: { rcptTo } }, callback) {
      buffer(stream).then((bytes) => {
        for (const { address } of rcptTo) messages.set(address, bytes)
        callback()
      }, callback)
    },
  })
  server.on('error', () => {})
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return { port: (listener.address() as AddressInfo).port, messages, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)) }
}
