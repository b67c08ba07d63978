/** The whole program killed in the middle of its work: who got what, and does the log know? */
import { expect, test } from 'vitest'
import { dataFolder, startProgram } from '../program.ts'
import { startCountingServer } from './counting-server.ts'
import { all, importContacts, send, sendThrough, untilComplete, type Delivery, type LogEntry } from './sending.ts'

const count = 5_000

test('killed in the middle of 5,000 deliveries and started again: nobody is lost, and whoever got it twice is named Uncertain', async () => {
  await using server = await startCountingServer()
  await using data = await dataFolder()
  const first = await startProgram(data.path)
  await sendThrough(first.api, server.port, { retryUncertainAfterSeconds: 0 })
  const people = Array.from({ length: count }, (_, number) => [`Reader ${number}`, `reader${number}@good.test`])
  const targetListId = await importContacts(first.api, ['lastName', 'emailAddress'], people)
  const { id, campaignId } = await send(first.api, { targetListId, subject: 'Hello {Person.lastName}', body: '<p>{link} {optOutUrl}</p>' })
  await server.received(1_500)
  await first.end('SIGKILL')
  const beforeRestart = server.journal.length
  expect(beforeRestart).toBeLessThan(count)

  await using second = await startProgram(data.path)
  await untilComplete(second.api, id)

  const deliveries = await all<Delivery>(second.api, `/mass-emails/${id}/deliveries`)
  expect(deliveries).toHaveLength(count)
  expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(['sent']))
  expect(await second.api.get(`/mass-emails/${id}/figures`)).toMatchObject({ people: count, sent: count, failed: 0, skipped: 0, uncertain: 0 })

  const times = new Map<string, Set<string>>()
  const twice = new Set<string>()
  for (const { recipient, messageId } of server.journal) {
    if (times.has(recipient)) twice.add(recipient)
    times.set(recipient, (times.get(recipient) ?? new Set()).add(messageId))
  }
  expect(times.size).toBe(count)
  const uncertain = await all<LogEntry>(second.api, `/campaigns/${campaignId}/log?action=uncertain`)
  const named = new Set(uncertain.map(({ emailAddress }) => emailAddress))
  expect([...twice].filter((address) => !named.has(address))).toEqual([])
  // At most what was on the wire: 20 connections, pipelined one message ahead.
  expect(twice.size).toBeLessThanOrEqual(40)
  // A receiver that looks at Message-IDs can drop the second one.
  expect([...times.values()].filter((ids) => ids.size > 1)).toEqual([])
}, 300_000)
