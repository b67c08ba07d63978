/**
 * `npm run pictures`: the pictures of docs/guide, taken in Chromium of a program that has just played the demo; those of the first run are filmed by its test, with real mail servers.
 * `npm run pictures -- home first-run` takes some of them.
 */
import { spawnSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import type { Api } from '../src/demo/api.ts'
import { playDemo } from '../src/demo/demo.ts'
import { type Desk, openDesk, signIn } from '../test/e2e/browser.ts'
import { smallPng } from './small-png.ts'

const folder = 'docs/guide'

type Shot = { name: string; path: string; before?: (page: Page) => Promise<void>; dark?: boolean; phone?: boolean; tall?: number }

const names = process.argv.slice(2)
await mkdir(folder, { recursive: true })
if (names.length === 0 || names.includes('first-run')) await filmFirstRun()
if (names.length === 1 && names[0] === 'first-run') process.exit()
await using desk = await openDesk({ ownDatabase: true })
const { campaignId, massEmailId } = await playDemo(desk.api, console.log)
await signIn(desk)
const take = async (all: Shot[]) => { for (const shot of all) if (names.length === 0 || names.includes(shot.name)) await picture(desk, shot) }
await take(await shots(desk.api))
await take(await shotsOfDoctors(desk.api))
await take(await shotsOfReports(desk.api))
console.log(`The pictures are in ${folder}.`)

/** A story, not a page: its test tells it anyway. */
async function filmFirstRun() {
  const film = `${folder}/first-run`
  await rm(film, { recursive: true, force: true })
  await mkdir(film)
  const { status } = spawnSync('node_modules/.bin/vitest', ['run', '--project', 'browser', 'test/e2e/first-campaign.test.ts'], { stdio: 'inherit', env: { ...process.env, TIDINGS_FILM: film } })
  if (status !== 0) throw new Error('The first run could not be filmed: its test failed.')
}

async function shots(api: Api): Promise<Shot[]> {
  const first = async (path: string) => (await api.get<{ items: { id: string; emailAddress?: string }[] }>(path)).items[0]!
  const list = await first('/target-lists?sort=createdAt')
  const draft = await first('/mass-emails?status=draft')
  const template = await first('/email-templates?sort=createdAt')
  const clicked = (await api.get<{ items: { record: { id: string; entityType: string }; emailAddress: string }[] }>(`/campaigns/${campaignId}/log?action=clicked&entityType=Contact`)).items[0]!
  const message = await first(`/sandbox/messages?q=${encodeURIComponent(clicked.emailAddress)}`)
  return [
    { name: 'home', path: '/' },
    { name: 'contacts', path: '/records/contacts' },
    { name: 'contact', path: `/records/contacts/${clicked.record.id}` },
    { name: 'import', path: '/import?entityType=Contact', before: chooseFile, tall: 1500 },
    { name: 'target-list', path: `/target-lists/${list.id}` },
    { name: 'template', path: `/templates/${template.id}`, tall: 1000 },
    { name: 'campaign', path: `/campaigns/${campaignId}`, tall: 1250 },
    { name: 'mass-email-draft', path: `/mass-emails/${draft.id}`, tall: 1250 },
    { name: 'schedule', path: `/mass-emails/${draft.id}`, before: async (page) => { await page.getByRole('button', { name: 'Schedule' }).first().click(); await page.getByRole('dialog').waitFor() } },
    { name: 'mass-email', path: `/mass-emails/${massEmailId}`, tall: 1250 },
    { name: 'list-from-log', path: `/campaigns/${campaignId}`, before: async (page) => { await page.getByRole('button', { name: 'Create Target List' }).click(); await page.getByRole('dialog').waitFor() } },
    { name: 'sandbox', path: `/sandbox/${message.id}`, tall: 1000 },
    { name: 'outbound-emails', path: '/administration/outbound-emails', tall: 1250 },
    { name: 'delivery-health', path: '/administration/delivery-health', tall: 1000 },
    { name: 'scheduled-job', path: '/administration/scheduled-jobs/send-mass-emails' },
    { name: 'campaign-dark', path: `/campaigns/${campaignId}`, dark: true },
    { name: 'campaign-phone', path: `/campaigns/${campaignId}`, phone: true },
    { name: 'opt-out', path: await optOutPath(api, message.id), phone: true },
  ]
}

async function shotsOfReports(api: Api): Promise<Shot[]> {
  const { id } = await api.post<{ id: string }>('/reports', {
    name: 'Contacts by country and city', entityType: 'Contact', kind: 'grid', groupBy: ['addressCountry', 'addressCity'], chart: 'stackedBar', filter: { field: 'addressCountry', op: 'in', value: { question: 'country' } },
    questions: [{ name: 'country', label: 'Which countries?', default: ['Deutschland', 'Ireland', 'Polska'] }],
  })
  return [{ name: 'report', path: `/reports/${id}`, tall: 1100 }, { name: 'report-builder', path: `/reports/${id}/edit`, tall: 1400 }]
}

async function picture({ page, url }: Desk, { name, path, before, dark = false, phone = false, tall = 860 }: Shot) {
  await page.setViewportSize(phone ? { width: 390, height: 844 } : { width: 1280, height: tall })
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  await page.goto(`${url}${path}`, { waitUntil: 'networkidle' })
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await before?.(page)
  // Fonts, frames and charts settle within this.
  await page.waitForTimeout(700)
  await writeFile(`${folder}/${name}.png`, smallPng(await page.screenshot()))
}

async function chooseFile(page: Page) {
  const csv = 'First name;Last name;Email;City\r\nAnna;O\'Brien;anna@shop.example;Berlin\r\nОлена;Шевченко;olena@shop.example;Київ\r\n'
  await page.locator('input[type=file]').setInputFiles({ name: 'readers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('heading', { name: '2. Columns' }).waitFor()
}

/** A company's own kind of record; made last, since from then on it stands in the navigation. */
async function shotsOfDoctors(api: Api): Promise<Shot[]> {
  const fields = [
    { name: 'speciality', label: 'Speciality', type: 'enum', options: ['Cardiology', 'Dermatology', 'Radiology', 'Surgery'] }, { name: 'licenceNumber', label: 'Licence number', type: 'text', unique: true },
    { name: 'yearsOfPractice', label: 'Years of practice', type: 'integer' }, { name: 'practisingSince', label: 'Practising since', type: 'date' },
    { name: 'acceptsPatients', label: 'Accepts patients', type: 'boolean', default: true }, { name: 'fee', label: 'Fee', type: 'currency' },
  ]
  await api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', icon: 'stethoscope', color: 'teal', fields })
  await api.post('/relationships', { kind: 'manyToOne', left: 'Doctor', right: 'Account', leftName: 'account', rightName: 'doctors' })
  const openForm = async (page: Page) => { await page.getByRole('button', { name: 'Relate to Target List' }).click(); await page.getByText('Add the panel now').waitFor() }
  return [
    { name: 'entity-type', path: '/administration/entity-manager/Doctor', tall: 1000 },
    { name: 'relationship', path: '/administration/entity-manager/Doctor?tab=relationships', before: openForm },
    { name: 'layouts', path: '/administration/layouts/Doctor/list', tall: 1000 },
  ]
}

/** Where the opt-out link of a captured message leads. */
async function optOutPath(api: Api, messageId: string): Promise<string> {
  const { raw } = await api.get<{ raw: string }>(`/sandbox/messages/${messageId}`)
  return new URL(/^List-Unsubscribe: <(http[^>]+)>/m.exec(raw.replace(/\r\n[ \t]+/g, ' '))![1]!).pathname
}
