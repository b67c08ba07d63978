/** `send`: from Pending to every delivery sent and logged, beside smtp-source (the limit) and nodemailer (a peer) into the same sink. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createTransport } from 'nodemailer'
import type { Api } from '../src/demo/api.ts'
import { asBuilt, dataFolder, startProgram } from '../test/program.ts'
import { startSmtpSink } from '../test/servers/smtp-sink.ts'
import { importContacts, send, sendThrough, untilComplete, type Made } from '../test/servers/sending.ts'
import { rateOf, report } from './figure.ts'
import { letter, subject } from './letter.ts'

const sessions = 20
const peerCount = 5_000

export async function benchSend(recipients: number): Promise<void> {
  await using sink = await startSmtpSink()
  await using data = await dataFolder()
  await using program = await startProgram(data.path, {}, asBuilt)
  const { api } = program
  await sendThrough(api, sink.port, { connections: sessions, openTracking: true })
  const targetListId = await importContacts(api, ['firstName', 'lastName', 'emailAddress'], readers(recipients))
  const bytes = await messageSize(api)

  const limit = await rateOf(recipients, () => smtpSource(sink.port, recipients, bytes))
  const peer = await rateOf(peerCount, () => nodemailer(sink.port, peerCount))
  const value = await rateOf(recipients, async () => untilComplete(api, (await send(api, { targetListId, subject, body: letter })).id, 3_600_000))

  const method = `${recipients} recipients, messages of ${bytes} bytes, ${sessions} sessions into smtp-sink, from Pending to Complete with ledger and log`
  report({ name: 'send', value, unit: 'messages/s', limit, method: `${method}; limit: smtp-source -d, same size, sessions and sink, same run` })
  report({ name: 'sendBesideNodemailer', value, unit: 'messages/s', limit: peer, method: `${method}; limit: a nodemailer pool with html, one fixed message, ${peerCount} times` })
  report({ name: 'sendMemory', value: await peakMegabytes(program.child.pid!), unit: 'MB', limit: 400, method: 'highest resident memory of the server process (VmHWM)' })
}

const readers = (count: number) => Array.from({ length: count }, (_, number) => [`First${number}`, `O'Reader ${number}`, `reader${number}@good.test`])

/** Of a message as it goes out: one is rendered, and 1,500 bytes are what headers and MIME lines add. */
async function messageSize(api: Api): Promise<number> {
  const contact = await api.post<Made>('/contacts', { firstName: 'First', lastName: 'Reader', emailAddress: 'sample@good.test' })
  const template = await api.post<Made>('/email-templates', { name: 'Sample', subject, body: letter.replace('{link}', 'https://shop.example/'), format: 'html' })
  const { html, text } = await api.post<{ html: string; text: string }>(`/email-templates/${template.id}/render`, { entityType: 'Contact', id: contact.id })
  return Buffer.byteLength(html) + Buffer.byteLength(text) + 1_500
}

async function smtpSource(port: number, count: number, bytes: number): Promise<void> {
  const args = ['-d', '-s', String(sessions), '-m', String(count), '-l', String(bytes), '-f', 'letters@shop.example', '-t', 'reader@good.test', `127.0.0.1:${port}`]
  const [code] = await once(spawn('smtp-source', args, { stdio: 'inherit' }), 'exit') as [number | null]
  if (code !== 0) throw new Error(`smtp-source ended with ${code}.`)
}

async function nodemailer(port: number, count: number): Promise<void> {
  const transport = createTransport({ pool: true, maxConnections: sessions, maxMessages: Infinity, host: '127.0.0.1', port, ignoreTLS: true })
  const message = { from: 'letters@shop.example', to: 'reader@good.test', subject: 'News', html: letter }
  await Promise.all(Array.from({ length: count }, () => transport.sendMail(message)))
  transport.close()
}

async function peakMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)![1]) / 1024
}
