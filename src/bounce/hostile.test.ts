import { expect, test } from 'vitest'
import { damaged, extremes, manyRecipients, nested, randomFrom } from '../../test/hostile-mail.ts'
import { deliveryReport, feedbackReport, writtenReport } from '../../test/returned-mail.ts'
import { classify } from './classify.ts'

const longestMs = 1_000
const everyFourth = [...extremes()].filter((_, at) => at < 9 || at % 4 === 0)

test.each(everyFourth)('nothing takes a second: $name', async ({ message }) => {
  const raw = Buffer.from(message)
  const started = performance.now()
  await classify(raw)
  expect(performance.now() - started).toBeLessThan(longestMs)
})

test('damage never throws, and what it leaves is always a whole answer', async () => {
  const random = randomFrom(7)
  const seeds = [deliveryReport([{ address: 'reader@example.com', status: '5.1.1' }]), feedbackReport(), writtenReport('<reader@example.com>:\n550 no such user\n')].map(String)
  for (let round = 0; round < 300; round++) {
    const found = await classify(damaged(seeds[round % seeds.length]!, seeds[(round + 1) % seeds.length]!, random))
    expect(found.kind === 'bounce').toBe(found.bounce !== null)
    expect(found.recipients.every(({ address, diagnostic }) => address !== '' && diagnostic.length <= 500)).toBe(true)
  }
})

test('depth and number are limited, and what stands before the limit still counts', async () => {
  expect(await classify(Buffer.from(nested(64)))).toMatchObject({ kind: 'bounce', recipients: [{ address: 'reader@example.com' }] })
  expect((await classify(Buffer.from(manyRecipients(5_000)))).recipients).toHaveLength(200)
})
