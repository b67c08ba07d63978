import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { classify } from '../bounce/classify.ts'
import { verifyFigures } from '../log/recount.ts'
import { answerCaptured } from './answer-captured.ts'
import { writeAnswer } from './answers.ts'
import { captureMessages } from './messages.ts'

const people = ['anna', 'hard-bounce.ben', 'Soft-Bounce', 'complaint.carl', 'auto-reply.dora']

/** Sent to these people through the Sandbox, and answered, on an installation that has nothing set. */
async function givenAnswered(app: TestApp) {
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const massEmail = await givenMassEmail(app, { to: people })
  await app.settle()
  return massEmail
}

const byAddress = (a: { emailAddress: string; action: string }, b: { emailAddress: string; action: string }) => (`${a.emailAddress} ${a.action}` < `${b.emailAddress} ${b.action}` ? -1 : 1)
const log = async (app: TestApp, campaignId: string) => (await app.api.get(`/campaigns/${campaignId}/log`)).body.items
  .filter(({ action }: { action: string }) => action !== 'sent').sort(byAddress) as { action: string; emailAddress: string; detail: Record<string, string> }[]
const suppressions = async (app: TestApp) => (await app.api.get('/suppressions?sort=emailAddress')).body.items
  .map(({ emailAddress, reason, source }: Record<string, string>) => `${emailAddress} ${reason} by ${source}`)

test('a fresh installation shows the whole loop: what bounces, complains and answers by itself comes back and acts', async () => {
  await using app = await startApp({ sandbox: true })
  const { campaignId } = await givenAnswered(app)
  expect(await log(app, campaignId)).toMatchObject([
    { action: 'bounced', emailAddress: 'Soft-Bounce@example.net', detail: { bounce: 'soft', verified: true, reply: expect.stringContaining('Mailbox full') } },
    { action: 'complained', emailAddress: 'complaint.carl@example.net', detail: { verified: true } },
    { action: 'bounced', emailAddress: 'hard-bounce.ben@example.net', detail: { bounce: 'hard', verified: true, deadAddress: true, reply: expect.stringContaining('No such user here') } },
  ])
  expect(await suppressions(app)).toEqual(expect.arrayContaining(['hard-bounce.ben@example.net invalid by bounce', 'complaint.carl@example.net complained by complaint']))
  expect((await suppressions(app)).filter((line: string) => /^(anna|soft|auto)/i.test(line))).toEqual([])
  expect((await app.api.get(`/campaigns/${campaignId}/figures`)).body).toMatchObject({ sent: 5, delivered: 3, bouncedHard: 1, bouncedSoft: 1, complained: 1, replied: 0 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('an answer is a message to look at: it names the Sandbox, and its raw text is kept', async () => {
  await using app = await startApp({ sandbox: true })
  const { campaignId } = await givenAnswered(app)
  const { body } = await app.api.get('/mailbox-messages')
  expect(body.items.map(({ kind, outcome, account }: Record<string, unknown>) => ({ kind, outcome, account })).sort((a: { kind: string }, b: { kind: string }) => a.kind.localeCompare(b.kind))).toEqual([
    { kind: 'autoReply', outcome: 'logged', account: null }, { kind: 'bounce', outcome: 'logged', account: null },
    { kind: 'bounce', outcome: 'logged', account: null }, { kind: 'feedback', outcome: 'logged', account: null },
  ])
  const bounced = (await log(app, campaignId)).find(({ detail }) => detail['bounce'] === 'hard')!
  expect((await app.api.get(`/mailbox-messages/${bounced.detail['mailboxMessageId']}`)).body.raw).toContain('Final-Recipient: rfc822; hard-bounce.ben@example.net')
})

test('the next mass email leaves out whom the answers spoke against', async () => {
  await using app = await startApp({ sandbox: true })
  const { targetListId } = await givenAnswered(app)
  const { body } = await app.api.get(`/target-lists/${targetListId}`)
  expect(body).toMatchObject({ members: 5, deliverable: 3, invalid: 1 })
})

test('each mail is answered once, mail without a sender never, and thrown away mail is not answered any more', async () => {
  await using app = await startApp()
  const mail = (envelopeFrom: string) => ({ envelopeFrom, envelopeTo: 'hard-bounce@example.net', raw: Buffer.from('Subject: Hello\r\n\r\nHello\r\n') })
  await captureMessages(app.db, [mail('news@acme.example'), mail('')])
  expect(await answerCaptured(app.ground, new Date(0))).toBe(0)
  expect([await answerCaptured(app.ground), await answerCaptured(app.ground)]).toEqual([1, 0])
  await captureMessages(app.db, [mail('news@acme.example')])
  await app.api.delete('/sandbox/messages')
  expect(await answerCaptured(app.ground)).toBe(0)
})

test('the same answer from two processes counts once', async () => {
  await using app = await startApp({ sandbox: true })
  const { campaignId } = await givenAnswered(app)
  await sql`update sandbox_message set answer_due = 'hardBounce' where envelope_to like 'hard-bounce%'`.execute(app.db)
  await Promise.all([answerCaptured(app.ground), answerCaptured(app.ground)])
  expect((await log(app, campaignId)).filter(({ detail }) => detail['bounce'] === 'hard')).toHaveLength(1)
  expect((await app.api.get('/mailbox-messages')).body.total).toBe(4)
})

const captured = {
  id: 'an-id', envelopeFrom: 'bounce+token@acme.example', envelopeTo: 'jörg@หนังสือ.example', subject: 'Bücher für Jörg, und noch viele mehr', receivedAt: new Date('2030-01-01T12:00:00Z'),
  raw: Buffer.from('Message-ID: <abc@acme.example>\r\nX-Delivery: token\r\nSubject: Books\r\n\r\nThe body stays where it is.\r\n'),
}

test('an address that a report names beyond ASCII is read to its end, marks of Thai vowels among it', async () => {
  const report = writeAnswer('hardBounce', captured).toString().replaceAll('xn--72c9aycbnv8b', 'หนังสือ')
  expect((await classify(Buffer.from(report))).recipients[0]?.address).toBe('jörg@หนังสือ.example')
  const complaint = writeAnswer('complaint', captured).toString().replaceAll('xn--72c9aycbnv8b', 'หนังสือ')
  expect((await classify(Buffer.from(complaint))).recipients[0]?.address).toBe('jörg@หนังสือ.example')
})

test.each([
  ['hardBounce', { kind: 'bounce', bounce: 'hard' }], ['softBounce', { kind: 'bounce', bounce: 'soft' }],
  ['complaint', { kind: 'feedback', feedbackType: 'abuse' }], ['autoReply', { kind: 'autoReply' }],
] as const)('%s: every reader of such mail takes it for that, with addresses in any script', async (kind, expected) => {
  const found = await classify(writeAnswer(kind, captured))
  expect(found).toMatchObject(expected)
  if (kind !== 'autoReply') expect(found.recipients[0]?.address).toBe('jörg@xn--72c9aycbnv8b.example')
})

test('answers go to the envelope sender from the null return path, bring the header back and not the body, and stay within a line of mail', () => {
  for (const kind of ['hardBounce', 'softBounce', 'complaint', 'autoReply'] as const) {
    const text = writeAnswer(kind, captured).toString()
    expect(text).toMatch(/^Return-Path: <>\r\n/)
    expect(text).toContain('\r\nTo: <bounce+token@acme.example>\r\n')
    expect(text).toContain(kind === 'autoReply' ? 'In-Reply-To: <abc@acme.example>' : 'X-Delivery: token')
    expect(text).not.toContain('The body stays')
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThan(998)
  }
})
