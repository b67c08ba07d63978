/** The whole program asked to stop in the middle of its work: it finishes what is on the wire, and nobody gets anything twice. */
import { expect, test } from 'vitest'
import { dataFolder, startProgram } from '../program.ts'
import { startCountingServer } from './counting-server.ts'
import { importContacts, send, sendThrough, untilComplete } from './sending.ts'

const count = 3_000

test('stopped by SIGTERM in the middle of 3,000 deliveries and started again: nobody is lost, nobody is mailed twice', async () => {
  await using server = await startCountingServer()
  await using data = await dataFolder()
  const first = await startProgram(data.path)
  await sendThrough(first.api, server.port)
  const people = Array.from({ length: count }, (_, number) => [`Reader ${number}`, `reader${number}@good.test`])
  const targetListId = await importContacts(first.api, ['lastName', 'emailAddress'], people)
  const { id } = await send(first.api, { targetListId, subject: 'Hello {Person.lastName}', body: '<p>{link} {optOutUrl}</p>' })
  await server.received(1_000)
  await first.end('SIGTERM')
  expect(server.journal.length).toBeLessThan(count)

  await using second = await startProgram(data.path)
  await untilComplete(second.api, id)
  expect(await second.api.get(`/mass-emails/${id}/figures`)).toMatchObject({ people: count, sent: count, failed: 0, skipped: 0, uncertain: 0 })
  expect(server.journal.length).toBe(count)
  expect(new Set(server.journal.map(({ recipient }) => recipient)).size).toBe(count)
}, 300_000)
