/** The whole loop with real servers: a campaign through Postfix, its genuine delivery reports by VERP into a Dovecot, read by the job. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { dataFolder, startProgram } from '../program.ts'
import { startDovecot } from './dovecot.ts'
import { startPostfix } from './postfix.ts'
import { all, importContacts, type LogEntry, type Made, send, sendThrough, untilComplete } from './sending.ts'

const mailbox = 'bounce@shop.example'

test.runIf(process.getuid?.() === 0)('addresses that do not exist are found by their bounces and left out next time; a full mailbox is only logged', async () => {
  await using dovecot = await startDovecot({ people: { [mailbox]: {}, 'anna@good.test': {}, 'full@good.test': { quotaBytes: 10 } } })
  await using postfix = await startPostfix({ lmtpPort: dovecot.lmtpPort })
  await using data = await dataFolder()
  await using program = await startProgram(data.path)
  const { api } = program
  await sendThrough(api, postfix.port, { verp: true, bounceDomain: 'shop.example' })
  const account = await api.post<Made>('/group-email-accounts', {
    name: 'Bounces', emailAddress: mailbox, imap: { host: '127.0.0.1', port: dovecot.imapPort, security: 'none', username: mailbox, password: 'secret' },
  })
  expect(await api.post(`/group-email-accounts/${account.id}/test-imap`, {})).toMatchObject({ ok: true })
  const targetListId = await importContacts(api, ['firstName', 'emailAddress'], [['Anna', 'anna@good.test'], ['Gone', 'gone@good.test'], ['Never', 'never@good.test'], ['Full', 'full@good.test']])
  const letter = { targetListId, subject: 'News', body: '<p>Hello {Person.firstName} <a href="{link}">offer</a></p>' }

  const first = await send(api, letter)
  await untilComplete(api, first.id)
  expect(await dovecot.messages(mailbox, 3)).toHaveLength(3)
  await api.post('/scheduled-jobs/check-group-email-accounts/run', {})
  const bounces = await untilLogged(() => all<LogEntry>(api, `/campaigns/${first.campaignId}/log?action=bounced`), 3, async () => JSON.stringify({
    account: await api.get(`/group-email-accounts/${account.id}`), runs: await api.get('/scheduled-jobs/check-group-email-accounts/log'), messages: await api.get('/mailbox-messages'),
  }))

  expect(Object.fromEntries(bounces.map(({ emailAddress, detail }) => [emailAddress, [detail['bounce'], detail['verified']]]))).toEqual({
    'gone@good.test': ['hard', true], 'never@good.test': ['hard', true], 'full@good.test': ['soft', true],
  })
  const invalid = await all<{ emailAddress: string; reason: string }>(api, '/suppressions')
  expect(invalid.map(({ emailAddress, reason }) => `${emailAddress} ${reason}`).sort()).toEqual(['gone@good.test invalid', 'never@good.test invalid'])
  expect(await api.get(`/campaigns/${first.campaignId}/figures`)).toMatchObject({ sent: 4, delivered: 1, bouncedHard: 2, bouncedSoft: 1 })
  const raw = await api.get<{ raw: string }>(`/mailbox-messages/${String(bounces[0]!.detail['mailboxMessageId'])}`)
  expect(raw.raw).toContain('Reporting-MTA: dns; mx.test.local')

  const second = await send(api, letter)
  await untilComplete(api, second.id)
  expect(await api.get(`/mass-emails/${second.id}/audience`)).toMatchObject({ candidates: 4, included: 2, verdicts: { invalidAddress: 2 } })
}, 180_000)

async function untilLogged<Entry>(read: () => Promise<Entry[]>, count: number, circumstances: () => Promise<string>, deadline = Date.now() + 60_000): Promise<Entry[]> {
  for (;;) {
    const entries = await read()
    if (entries.length >= count) return entries
    if (Date.now() > deadline) throw new Error(`${entries.length} of ${count} are in the log: ${JSON.stringify(entries)} ${await circumstances()}`)
    await wait(100)
  }
}
