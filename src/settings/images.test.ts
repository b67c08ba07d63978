import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { mostBytes, readPicture } from './image.ts'

/** One pixel. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const jpeg = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from('ffc00011080020004003012200021101031101', 'hex'), Buffer.alloc(20)])
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
const upload = (app: TestApp, bytes: Buffer) => app.api.post('/settings/images', { content: bytes.toString('base64') })

test('pictures are known by their bytes: PNG and JPEG with their size, nothing else', () => {
  expect(readPicture(png)).toEqual({ contentType: 'image/png', width: 1, height: 1 })
  expect(readPicture(jpeg)).toEqual({ contentType: 'image/jpeg', width: 64, height: 32 })
  expect([svg, Buffer.alloc(0), Buffer.from('ffd8', 'hex'), Buffer.from('ffd8ffe0', 'hex'), png.subarray(0, 20), Buffer.from('GIF89a')].map((bytes) => typeof readPicture(bytes))).toEqual(Array(6).fill('string'))
  expect(readPicture(Buffer.concat([png, Buffer.alloc(mostBytes)]))).toMatch(/200 kB/)
})

test('a logo is uploaded, chosen, shown to everybody under an address that never shows another one, and taken back', async () => {
  await using app = await startApp()
  const { body: { id } } = await upload(app, png)
  expect((await app.as(null).get('/brand')).body).toEqual({ companyName: '', logo: null })
  expect((await app.api.patch('/settings/general', { logo: id, companyName: 'Acme' })).body.logo).toBe(id)
  expect((await app.as(null).get('/brand')).body).toEqual({ companyName: 'Acme', logo: id })
  const shown = await app.as(null).get(`/i/${id}`)
  expect([shown.status, shown.headers['content-type'], shown.headers['x-content-type-options'], shown.headers['content-security-policy']]).toEqual([200, 'image/png', 'nosniff', "default-src 'none'"])
  const page = await app.as(null).get('/s/nothing')
  expect(page.status).toBe(404)
  const [change] = (await app.api.get('/settings/history')).body.items
  await app.api.post(`/settings/history/${change.id}/take-back`)
  expect((await app.api.get('/settings/general')).body).toMatchObject({ logo: null, companyName: '' })
})

test('what is no picture is refused with what to do, and a picture that is not here cannot be chosen', async () => {
  await using app = await startApp()
  const { status, body } = await upload(app, svg)
  expect([status, body.errors[0].path, body.errors[0].message]).toEqual([400, 'content', expect.stringContaining('SVG can carry programs')])
  const unknown = await app.api.patch('/settings/general', { logo: '0'.repeat(64) })
  expect([unknown.status, unknown.body.errors[0].path]).toEqual([400, 'logo'])
  expect((await app.as(null).get(`/i/${'0'.repeat(64)}`)).status).toBe(404)
})

test('pages for readers bear the logo, with the name of the company for those who do not see it', async () => {
  await using app = await startApp()
  const { body: { id } } = await upload(app, png)
  await app.api.patch('/settings/general', { logo: id, companyName: 'Acme & Sons', publicUrl: 'https://news.acme.example' })
  const list = (await app.api.post('/target-lists', { name: 'News' })).body.id
  const { body: form } = await app.api.post('/subscription-forms', { name: 'Newsletter', targetListIds: [list], fields: [], consentText: 'Yes' })
  const { text, headers } = await app.as(null).get(new URL(form.url).pathname)
  expect(text).toContain(`<img src="https://news.acme.example/i/${id}" alt="Acme &amp; Sons">`)
  expect(headers['content-security-policy']).toContain("img-src 'self'")
})

test('the logo travels in a file of settings, and one that is no picture is named', async () => {
  await using app = await startApp()
  const { body: { id } } = await upload(app, png)
  await app.api.patch('/settings/general', { logo: id })
  const { body: file } = await app.api.get('/settings/export')
  await using other = await startApp()
  expect((await other.api.post('/settings/import', file)).body.changes).toEqual([{ group: 'general', key: 'logo', before: null, after: id }])
  expect((await other.as(null).get(`/i/${id}`)).status).toBe(200)
  const wrong = await other.api.post('/settings/import', { ...file, general: { logo: { content: svg.toString('base64') } } })
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, 'general.logo'])
})

test('pictures that neither the settings nor their history name are forgotten after a day', async () => {
  await using app = await startApp()
  const { body: { id } } = await upload(app, png)
  await app.api.patch('/settings/general', { logo: id })
  await upload(app, jpeg)
  await app.api.patch('/settings/general', { logo: null })
  app.clock.advance({ hours: 25 })
  await app.api.post('/scheduled-jobs/clean-up/run')
  await app.settle()
  expect(await app.db.selectFrom('settingImage').select('id').execute()).toEqual([{ id }])
})
