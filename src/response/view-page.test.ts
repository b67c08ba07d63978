import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { browser, givenLink, givenMail, pathsOf } from '../../test/given-mail.ts'
import { versionOf } from '../content/templates.ts'
import { newId } from '../platform/id.ts'

test('the mail is shown in a browser as it was sent, with the values of today, and can run nothing', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, ann } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  const { body: template } = await app.api.post('/email-templates', {
    name: 'News', subject: 'Hi', format: 'html', body: `<p>Hi {Person.firstName|there}, <a href="{trackingUrl:${link.id}}">look</a></p><script>alert(1)</script>`,
  })
  const versionId = await app.db.transaction().execute((tx) => versionOf(tx, template.id))
  const frozen = { accountId: newId(), sandbox: true, from: { address: 'news@x.test', name: '' }, replyTo: null, targetListIds: [], excludingTargetListIds: [], informational: false, openTracking: false, trackAllLinks: false, appendOptOut: true }
  await app.db.updateTable('massEmail').set({ templateVersionId: versionId, frozen: JSON.stringify(frozen) }).where('id', '=', massEmail.id).execute()
  await app.db.updateTable('contact').set({ firstName: 'Änne' }).where('id', '=', ann.recordId).execute()
  const seen = () => app.as(null).get(pathsOf(app, ann).view, undefined, browser)
  const { status, text, headers } = await seen()
  expect(status).toBe(200)
  expect(text).toContain('<p>Hi Änne, ')
  expect(text).toMatch(/href="[^"]*\/c\/[\w-]+"/)
  expect(String(headers['content-security-policy'])).toMatch(/default-src 'none'.*sandbox allow-popups/)
  await app.db.deleteFrom('contact').execute()
  expect((await seen()).text).toContain('<p>Hi there, ')
})
