/** `nodes`: two sender processes on one mass email against one: how fast, whether anybody gets it twice, whether the hour's limit holds. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from '../src/demo/api.ts'
import { startCountingServer } from '../test/servers/counting-server.ts'
import { send, untilComplete } from '../test/servers/sending.ts'
import { expectWhole, givenReaders, sendInto } from './campaign.ts'
import type { Report } from './figure.ts'
import { type Installation, openInstallation } from './installation.ts'
import { letter, subject } from './letter.ts'
import { sendAll } from './send.ts'

/** Of the run that counts every message; the counting server takes far less in a second than smtp-sink. */
const counted = { recipients: 5_000, maxPerHour: 3_000 }

export async function benchNodes({ recipients }: { recipients: number }, report: Report): Promise<void> {
  const one = await rateWith(1, recipients)
  const two = await rateWith(2, recipients)
  report({ name: 'nodes', value: two, unit: 'messages/s', limit: one, method: `${recipients} recipients into smtp-sink by two sender processes beside one that does the rest; limit: by one sender process` })
  await using installation = await withSenders(2)
  await countAll(installation, report)
}

async function rateWith(senders: number, recipients: number): Promise<number> {
  await using installation = await withSenders(senders)
  const { seconds } = await sendAll(installation, recipients)
  return recipients / seconds
}

async function withSenders(count: number): Promise<Installation> {
  const installation = await openInstallation({ roles: 'web,worker' })
  for (let number = 0; number < count; number++) await installation.addSender()
  return installation
}

/** Stops at the hour's limit, is let go, and ends: the server's own journal tells what arrived. */
async function countAll({ api, db }: Installation, report: Report): Promise<void> {
  const { recipients, maxPerHour } = counted
  await using server = await startCountingServer()
  const targetListId = await givenReaders(api, db, recipients)
  await sendInto(api, server.port, { maxPerHour })
  const { id } = await send(api, { targetListId, subject, body: letter })
  await untilPortionIsUsed(api, id)
  const withinHour = server.journal.length
  await sendInto(api, server.port, { maxPerHour: null })
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  await untilComplete(api, id, 600_000)
  await expectWhole(api, db, id, recipients)
  const people = new Set(server.journal.map(({ recipient }) => recipient)).size
  if (people !== recipients) throw new Error(`${people} of ${recipients} people got it.`)
  const method = `${recipients} recipients by two sender processes into a server that writes down every message`
  report({ name: 'nodesWithinHour', value: withinHour, unit: 'messages', limit: maxPerHour, method: `${method}; limit: what may leave in an hour` })
  report({ name: 'nodesDuplicates', value: server.journal.length - people, unit: 'messages', method })
}

/** Until nothing is open any more, and what was on the wire is there. */
async function untilPortionIsUsed(api: Api, massEmailId: string): Promise<void> {
  const deadline = Date.now() + 600_000
  for (;;) {
    const { opened, portion, counts } = await api.get<{ opened: boolean; portion: { limit: number; used: number }; counts: { sending: number } }>(`/mass-emails/${massEmailId}/progress`)
    if (!opened && portion.used >= portion.limit && counts.sending === 0) return
    if (Date.now() > deadline) throw new Error(`The portion is not used up: ${JSON.stringify({ opened, portion, counts })}`)
    await wait(200)
  }
}
