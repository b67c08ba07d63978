/** A mass email through a real Postfix into real mailboxes, and read back from there. Both servers need root to be started. */
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { dataFolder, startProgram } from '../program.ts'
import { startDovecot } from './dovecot.ts'
import { startPostfix } from './postfix.ts'
import { all, importContacts, send, sendThrough, untilComplete, type Delivery } from './sending.ts'

const people = [
  ['Anna', 'Müller', 'anna@good.test'],
  ['Олена', 'Шевченко', 'olena@good.test'],
  ['さくら', '𠮷田', 'sakura@shop.example'],
  ['Pat "the Cat"', `O'Brien, Jr.`, 'pat@good.test'],
  ['Gone', 'Away', 'gone@reject.test'],
  ['Twin', 'Of Anna', 'ANNA@GOOD.TEST'],
]

const body = `<html><body><p title="{Person.firstName}">Dear {Person.firstName|friend},</p>
<p>.a line that begins with a dot</p>
<p>${'One long line without a break, as editors write them. '.repeat(40)}</p>
<p>Grüße – “quoted” 🙂 {not a placeholder}</p>
<p><a href="{link}">The offer</a> <a href="{optOutUrl}">Unsubscribe</a></p></body></html>`

test.runIf(process.getuid?.() === 0)('everybody gets one message of their own, byte for byte as it was meant; a refused address fails with the server’s words', async () => {
  await using dovecot = await startDovecot()
  await using postfix = await startPostfix({ lmtpPort: dovecot.lmtpPort })
  await using data = await dataFolder()
  await using program = await startProgram(data.path)
  const { api } = program
  await sendThrough(api, postfix.port)
  const targetListId = await importContacts(api, ['firstName', 'lastName', 'emailAddress'], people)

  const { id, campaignId } = await send(api, { targetListId, subject: 'Für {Person.name}', body, textBody: 'Dear {Person.firstName},\n.\n..two dots\nFrom here\n{link}' })
  await untilComplete(api, id)

  const read = async (mailbox: string) => {
    const messages = await dovecot.messages(mailbox, 1)
    expect(messages).toHaveLength(1)
    return { bytes: messages[0]!, mail: await PostalMime.parse(messages[0]!) }
  }
  const mails = {
    anna: await read('anna@good.test'), olena: await read('olena@good.test'), sakura: await read('sakura@shop.example'), pat: await read('pat@good.test'),
  }
  expect(Object.values(mails).map(({ mail }) => mail.subject)).toEqual(['Für Anna Müller', 'Für Олена Шевченко', 'Für さくら 𠮷田', `Für Pat "the Cat" O'Brien, Jr.`])
  expect(mails.pat.mail.to).toEqual([{ address: 'pat@good.test', name: `Pat "the Cat" O'Brien, Jr.` }])
  expect(mails.pat.mail.html).toContain('title="Pat &quot;the Cat&quot;"')
  expect(mails.anna.mail.html).toContain('<p>.a line that begins with a dot</p>')
  expect(mails.anna.mail.html).toContain('Grüße – “quoted” 🙂 {not a placeholder}')
  expect(mails.olena.mail.text?.replaceAll('\r\n', '\n')).toContain('Dear Олена,\n.\n..two dots\nFrom here\n')
  for (const { bytes, mail } of Object.values(mails)) {
    expect(Math.max(...bytes.toString('latin1').split('\n').map((line) => line.length))).toBeLessThanOrEqual(998)
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe-post')?.value).toBe('List-Unsubscribe=One-Click')
    expect(mail.headers.filter(({ key }) => key === 'message-id')).toHaveLength(1)
  }
  const links = Object.values(mails).map(({ mail }) => /href="(http[^"]*\/c\/[^"]*)"/.exec(mail.html!)![1])
  expect(new Set(links).size).toBe(4)
  expect((await fetch(links[0]!, { redirect: 'manual' })).headers.get('location')).toBe('https://shop.example/offer')

  const deliveries = await all<Delivery>(api, `/mass-emails/${id}/deliveries`)
  expect(Object.fromEntries(deliveries.map(({ emailAddress, status }) => [emailAddress, status]))).toEqual({
    'anna@good.test': 'sent', 'olena@good.test': 'sent', 'sakura@shop.example': 'sent', 'pat@good.test': 'sent', 'gone@reject.test': 'failed',
  })
  expect(deliveries.find(({ status }) => status === 'failed')!.reason).toContain('no such user here')
  expect(await api.get(`/mass-emails/${id}/audience`)).toMatchObject({ candidates: 6, included: 5, verdicts: { duplicateAddress: 1 } })
  expect(await api.get(`/campaigns/${campaignId}/figures`)).toMatchObject({ sent: 4, failed: 1 })
}, 120_000)
