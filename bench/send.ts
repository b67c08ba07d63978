/** `send` and `send-signed`: from Pending to every delivery sent and logged, beside the limit and a peer into the same sink. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from '../src/demo/api.ts'
import type { Made } from '../test/servers/sending.ts'
import { catchOne, expectWhole, givenReaders, senderDomain, sendInto, sendPending, sessions, setPending } from './campaign.ts'
import type { Report } from './figure.ts'
import { type Installation, type Measured, openInstallation } from './installation.ts'
import { nodemailer, opensslSigning, smtpSource } from './peers.ts'

export type SendOptions = { recipients: number; profile?: boolean }

const peerCount = { unsigned: 5_000, signed: 2_000 }

export async function benchSend({ recipients, profile = false }: SendOptions, report: Report): Promise<void> {
  await using installation = await openInstallation({ profile })
  const { api, db, sinkPort } = installation
  const bytes = Buffer.byteLength(await catchOne(api, db))
  const limits = [await smtpSource(sinkPort, recipients, bytes)]
  const peer = await nodemailer(sinkPort, peerCount.unsigned, bytes, { signed: false })
  const measured = await sendAll(installation, recipients)
  limits.push(await smtpSource(sinkPort, recipients, bytes))

  const value = recipients / measured.seconds
  const method = methodOf(recipients, bytes)
  report({ name: 'send', value, unit: 'messages/s', limit: Math.max(...limits), method: `${method}; limit: smtp-source -d, same size, sessions and sink, the better of a run before and one after` })
  report({ name: 'sendBesideNodemailer', value, unit: 'messages/s', limit: peer, method: `${method}; limit: a nodemailer pool with html, same connections, one fixed message of ${bytes} bytes, ${peerCount.unsigned} times` })
  reportCost('send', recipients, measured, report)
  report({ name: 'sendMemory', value: installation.peakMegabytes(), unit: 'MB', limit: 400, method: `${recipients} recipients; highest resident memory (VmHWM) of all processes but PostgreSQL` })
}

export async function benchSendSigned({ recipients, profile = false }: SendOptions, report: Report): Promise<void> {
  await using installation = await openInstallation({ profile })
  const { api, db, sinkPort } = installation
  await makeSigningKey(api)
  const message = await catchOne(api, db)
  if (!/^DKIM-Signature: (.|\r\n[ \t])*\ba=rsa-sha256\b/m.test(message)) throw new Error('Not signed: the message that was caught carries no DKIM-Signature by rsa-sha256.')
  const bytes = Buffer.byteLength(message)
  const limits = [opensslSigning()]
  const peer = await nodemailer(sinkPort, peerCount.signed, bytes, { signed: true })
  const measured = await sendAll(installation, recipients)
  limits.push(opensslSigning())

  const value = recipients / measured.seconds
  const method = `${methodOf(recipients, bytes)}, each signed with DKIM RSA-2048`
  report({ name: 'sendSigned', value, unit: 'messages/s', limit: Math.max(...limits), method: `${method}; limit: signatures/s of openssl speed rsa2048 on all processors, the better of a run before and one after` })
  report({ name: 'sendSignedBesideNodemailer', value, unit: 'messages/s', limit: peer, method: `${method}; limit: a nodemailer pool with html that signs by itself, same connections, one fixed message of ${bytes} bytes, ${peerCount.signed} times` })
  reportCost('sendSigned', recipients, measured, report)
}

/** Readers made, everything sent into the sink, and proved to be whole. */
export async function sendAll(installation: Installation, recipients: number): Promise<Measured> {
  const { api, db, sinkPort, measure } = installation
  const targetListId = await givenReaders(api, db, recipients)
  await sendInto(api, sinkPort)
  // What the preparation left to do (a checkpoint, statistics) is not part of it.
  await wait(2_000)
  // Right before: the minute's run of the job would start it as well.
  const massEmailId = await setPending(api, targetListId)
  const measured = await measure(() => sendPending(api, massEmailId))
  await expectWhole(api, db, massEmailId, recipients)
  return measured
}

const methodOf = (recipients: number, bytes: number) =>
  `${recipients} recipients, messages of ${bytes} bytes, ${sessions} sessions into smtp-sink, from Pending to Complete; ledger, log and figures proved whole`

/** On few processors, shared by all, CPU time tells where the time goes. */
function reportCost(prefix: string, recipients: number, { cost }: Measured, report: Report): void {
  for (const [part, words] of [['server', 'of the server'], ['database', 'of PostgreSQL'], ['sink', 'of smtp-sink']] as const) {
    const name = `${prefix}${part[0]!.toUpperCase()}${part.slice(1)}Cpu`
    report({ name, value: cost[part] / recipients * 1e6, unit: 'µs/message', method: `${recipients} recipients; CPU time ${words} from Pending to Complete (/proc), a message` })
  }
}

async function makeSigningKey(api: Api): Promise<void> {
  const { id } = await api.post<Made>('/dkim-keys', { domain: senderDomain, algorithm: 'rsa' })
  // The record cannot be in the DNS of a domain made for examples.
  await api.post(`/dkim-keys/${id}/activate`, { override: true })
}
