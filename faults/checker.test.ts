/** The checker can fail: for each invariant, evidence that breaks it is named. */
import { expect, test } from 'vitest'
import { type Expected, judge } from './checker.ts'
import type { DeliveryRow, Evidence } from './evidence.ts'
import type { Entry } from './journal.ts'
import { leastNamings, type Reader, readContents, readers } from './letter.ts'

const [anna, ben, carla] = readers(3) as [Reader, Reader, Reader]
const markedAt = 1_000_000

const entryOf = (reader: Reader, more: Partial<Entry> = {}): Entry => ({
  recipient: reader.emailAddress, hash: '', at: markedAt + 5, connection: 1, encrypted: false, mark: 'one', viewPath: null,
  messageId: `<${reader.token}@shop.example>`, tokens: [reader.token], namings: leastNamings, links: [`link-of-${reader.token}`], ...more,
})
const rowOf = ({ token, emailAddress }: Reader, more: Partial<DeliveryRow> = {}): DeliveryRow => ({ key: token, emailAddress, status: 'sent', reasonCode: null, markedAt, ...more })

/** Three people, three messages, all well; `more` changes that. */
const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  deliveries: [rowOf(anna), rowOf(ben), rowOf(carla)], logged: new Map([anna, ben, carla].map(({ token }) => [token, ['sent']])),
  journal: [entryOf(anna), entryOf(ben), entryOf(carla)], included: 3, figures: { people: 3, sent: 3, failed: 0, skipped: 0, uncertain: 0 },
  differences: [], noes: [], maxPerHour: null, allowed: 0, found: [], pages: [{ recipient: anna.emailAddress, tokens: [anna.token] }], ...more,
})
const brokenOf = (more: Partial<Evidence>, expected?: Expected) => judge(evidence(more), expected).broken.map((complaint) => complaint.slice(0, 2))

test('when all is well nothing is broken', () => {
  expect(judge(evidence())).toEqual({ recipients: 3, lost: 0, duplicates: 0, allowed: 0, uncertain: 0, broken: [] })
})

test('I1: somebody without a final status, and somebody whose end is not in the log, are named', () => {
  expect(brokenOf({ deliveries: [rowOf(anna), rowOf(ben)], journal: [entryOf(anna), entryOf(ben)] })).toContain('I1')
  expect(brokenOf({ deliveries: [rowOf(anna), rowOf(ben), rowOf(carla, { status: 'pending' })], journal: [entryOf(anna), entryOf(ben)] })).toContain('I1')
  expect(brokenOf({ logged: new Map([[anna.token, ['sent']], [ben.token, ['sent']]]) })).toEqual(['I1'])
  expect(brokenOf({ logged: new Map([anna, ben, carla].map(({ token }) => [token, ['sent', 'sent']])) })).toEqual(['I1', 'I1', 'I1'])
})

test('I1: a failure is a failure unless the scenario expects just that one', () => {
  const failed = {
    deliveries: [rowOf(anna), rowOf(ben), rowOf(carla, { status: 'failed' })], journal: [entryOf(anna), entryOf(ben)],
    logged: new Map([[anna.token, ['sent']], [ben.token, ['sent']], [carla.token, ['failed']]]), figures: { people: 3, sent: 2, failed: 1, skipped: 0, uncertain: 0 },
  }
  expect(brokenOf(failed)).toEqual(['I1'])
  expect(brokenOf(failed, { failed: new Set([carla.emailAddress]) })).toEqual([])
  expect(brokenOf(failed, { failed: new Set([anna.emailAddress]) })).toEqual(['I1'])
  expect(brokenOf({ ...failed, journal: evidence().journal }, { failed: 1 })).toEqual(['I1'])
})

test('I2: somebody Sent whom no server has is lost', () => {
  expect(judge(evidence({ journal: [entryOf(anna), entryOf(ben)] }))).toMatchObject({ lost: 1, broken: [expect.stringContaining('I2')] })
})

test('I3: a second message needs a kill that allows it, the word Uncertain in the log, and the same Message-ID', () => {
  const journal = [...evidence().journal, entryOf(anna)]
  const logged = new Map([[anna.token, ['uncertain', 'sent']], [ben.token, ['sent']], [carla.token, ['sent']]])
  expect(brokenOf({ journal, logged, allowed: 1 })).toEqual([])
  expect(brokenOf({ journal, logged })).toEqual(['I3'])
  expect(brokenOf({ journal, allowed: 1 })).toEqual(['I3'])
  expect(brokenOf({ journal: [...evidence().journal, entryOf(anna, { messageId: '<other@shop.example>' })], logged, allowed: 1 })).toEqual(['I3'])
})

test('I4: a no that was committed before the mark, and a message all the same', () => {
  expect(brokenOf({ noes: [{ emailAddress: anna.emailAddress, committedAt: markedAt - 100 }] })).toEqual(['I4'])
  expect(brokenOf({ noes: [{ emailAddress: anna.emailAddress, committedAt: markedAt + 1 }] })).toEqual([])
})

test('I5: figures that differ from the ledger, or from their own recount', () => {
  expect(brokenOf({ figures: { people: 3, sent: 2, failed: 0, skipped: 0, uncertain: 0 } })).toEqual(['I5'])
  expect(brokenOf({ differences: ['sent of …: 2 kept, 3 counted'] })).toEqual(['I5'])
})

test('I7: one message too many within an hour, and none when the hour is over', () => {
  expect(brokenOf({ maxPerHour: 2 })).toEqual(['I7'])
  expect(brokenOf({ maxPerHour: 2, journal: [entryOf(anna), entryOf(ben), entryOf(carla, { at: markedAt + 3_600_005 })] })).toEqual([])
})

test('I8: a page of another person, or of nobody', () => {
  expect(brokenOf({ pages: [{ recipient: anna.emailAddress, tokens: [ben.token] }] })).toEqual(['I8'])
  expect(brokenOf({ pages: [{ recipient: anna.emailAddress, tokens: [] }] })).toEqual(['I8'])
})

test('I8: another person’s token, a link that two people have, a part that names nobody', () => {
  expect(brokenOf({ journal: [entryOf(anna, { tokens: [anna.token, ben.token] }), entryOf(ben), entryOf(carla)] })).toEqual(['I8'])
  expect(brokenOf({ journal: [entryOf(anna), entryOf(ben, { links: [`link-of-${anna.token}`] }), entryOf(carla)] })).toEqual(['I8'])
  expect(brokenOf({ journal: [entryOf(anna, { namings: leastNamings - 1 }), entryOf(ben), entryOf(carla)] })).toEqual(['I8'])
})

test('what a message says about its reader is found through soft line breaks and doubled dots', () => {
  const half = anna.token.slice(0, 7)
  const content = `Message-ID: <m@x>\r\nSubject: Letter one for ${anna.token}\r\n\r\n..${half}=\r\n${anna.token.slice(7)} http://h/u/abcdefghijklmnopq =\r\nhttp://h/v/ABCDEFGHIJKLMNOPQ\r\n`
  expect(readContents(content)).toEqual({
    messageId: '<m@x>', mark: 'one', tokens: [anna.token], namings: 2, links: ['abcdefghijklmnopq', 'ABCDEFGHIJKLMNOPQ'], viewPath: '/v/ABCDEFGHIJKLMNOPQ',
  })
})
