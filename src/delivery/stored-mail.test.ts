import { expect, test } from 'vitest'
import { noon, startApp } from '../../test/app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail, settled } from '../../test/given-ledger.ts'
import { givenMassEmail as givenReady, sendThrough } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { createMailStore } from './stored-mail.ts'

const mail = (name: string, body = `Hello ${name}`) => Buffer.from([
  'From: News <news@acme.example>', `To: ${name}@x.test`, `Subject: For ${name}`, 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b', '', '--b',
  'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', body, '--b', 'Content-Type: text/html; charset=utf-8', '', `<p>${body}</p>`, '--b--', '',
].join('\r\n'))

test('a stored mail is read as it was sent, from the deliveries and from the record\'s history; of the others there is none', async () => {
  await using app = await startApp()
  const campaignId = await givenCampaign(app.db)
  const massEmail = { id: await givenMassEmail(app.db, campaignId), campaignId }
  const [ann, ben, cem] = await givenDeliveries(app.db, massEmail, ['ann@x.test', 'ben@x.test', 'cem@x.test'])
  await settled(app.db, [ann!, ben!, cem!], 'sending', 'sent')
  const store = createMailStore(app.db)
  const of = ({ lane, id: deliveryId }: { lane: number; id: number }) => ({ lane, deliveryId, massEmailId: massEmail.id, at: noon })
  // Ann's was sent twice: her last one counts.
  await Promise.all([store({ ...of(ann!), raw: mail('ann') }), store({ ...of(ben!), raw: mail('ben', 'Grüße') }), store({ ...of(ann!), raw: mail('ann', 'Again') })])

  const { items } = (await app.api.get(`/mass-emails/${massEmail.id}/deliveries`)).body
  expect(items.map(({ stored }: { stored: boolean }) => stored)).toEqual([true, true, false])
  const read = (id: string) => app.api.get(`/mass-emails/${massEmail.id}/deliveries/${id}/message`)
  expect((await read(items[0].id)).body).toMatchObject({ subject: 'For ann', raw: mail('ann', 'Again').toString(), storedAt: noon.toISOString() })
  const { body } = await read(items[1].id)
  expect([body.html.trim(), body.text.trim(), body.size]).toEqual(['<p>Grüße</p>', 'Grüße', mail('ben', 'Grüße').length])
  expect(await read(items[2].id)).toMatchObject({ status: 404, body: { code: 'nothingStored' } })
  expect((await read('nonsense')).status).toBe(400)
  const [sent] = (await app.api.get(`/contacts/${ben!.recordId}/history`)).body.items
  expect(sent).toMatchObject({ action: 'sent', stored: true, deliveryId: items[1].id })
})

test('with "store sent emails" each delivery keeps what the server got, whatever becomes of the values', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenReady(app, { to: ['anna', 'ben'], status: 'draft' })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { storeSentEmails: true, status: 'pending' })
  await app.settle()
  await app.api.patch(`/contacts/${massEmail.contactIds[0]}`, { firstName: 'Somebody else' })
  const [anna] = (await app.api.get(`/mass-emails/${massEmail.id}/deliveries?q=anna`)).body.items
  const { body } = await app.api.get(`/mass-emails/${massEmail.id}/deliveries/${anna.id}/message`)
  expect(body.html).toContain('Hello Anna')
  expect(server.contents.map((content) => content.replaceAll('\r\n..', '\r\n.').trim())).toContain(body.raw.trim())
})
