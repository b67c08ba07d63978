/** Whoever does not look is told: a job that fails comes under the bell and by mail, trouble that lasts by webhook; and a mass email says why it stands still. */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../database.ts'
import { webServer } from '../web-server.ts'
import { type Desk, openDesk, signIn } from './browser.ts'

type Made = { id: string }

/** Subjects in the Sandbox that were mailed to this address. */
const subjectsTo = async ({ api }: Desk, address: string) =>
  (await api.get<{ items: { subject: string }[] }>(`/sandbox/messages?q=${address}`)).items.map(({ subject }) => subject)

test('a job that fails three times comes under the bell and by mail, with what went wrong and the way to mend it', async () => {
  await using database = await createDatabase()
  await using desk = await openDesk({ environment: { DATABASE_URL: database.url } })
  const { page, url } = desk
  await sql`alter table entity_leftover rename to mislaid`.execute(database.db)
  await signIn(desk)
  await page.goto(`${url}/administration/scheduled-jobs/clean-up`)
  for (let run = 1; run <= 3; run++) {
    await page.getByRole('button', { name: 'Run Clean Up now' }).click()
    await expect.poll(() => page.getByRole('table', { name: 'Runs' }).getByText('Failed').count(), { timeout: 30_000 }).toBe(run)
  }
  await page.getByRole('button', { name: 'Notices, 1 unread' }).waitFor({ timeout: 30_000 })
  // A minute is waited before it is mailed: this one was said two minutes ago.
  await sql`update notice set created_at = created_at - interval '2 minutes'`.execute(database.db)
  await expect.poll(() => subjectsTo(desk, 'admin@tidings.example'), { timeout: 30_000 }).toEqual(['Clean Up failed three times in a row'])
  await page.getByRole('button', { name: 'Notices, 1 unread' }).click()
  await page.getByRole('button', { name: /Clean Up failed three times in a row/ }).click()
  await page.getByRole('cell', { name: /relation "entity_leftover" does not exist/ }).first().waitFor()

  await sql`alter table mislaid rename to entity_leftover`.execute(database.db)
  await page.getByRole('button', { name: 'Run Clean Up now' }).click()
  await page.getByRole('button', { name: 'Notices, 1 unread' }).waitFor({ timeout: 30_000 })
  await page.goto(`${url}/administration/scheduled-jobs`)
  await page.getByRole('img', { name: 'The last 4 runs: 3 failed or were lost' }).waitFor()
  expect(desk.faults).toEqual([])
})

test('somebody sees what a schedule means while typing, an alarm is posted with the right signature, and a mass email says why it waits', async () => {
  await using server = await webServer({ status: 200 })
  await using desk = await openDesk({ environment: { TIDINGS_ALLOW_PRIVATE: '127.0.0.0/8' } })
  const { page, url, api } = desk
  await signIn(desk)
  await page.goto(`${url}/administration/scheduled-jobs/send-mass-emails`)
  const cron = page.getByRole('textbox', { name: 'Cron expression' })
  await cron.fill('30 8 * * 1')
  const meaning = page.getByRole('region', { name: 'Once saved it runs' })
  await meaning.getByText('At 08:30, only on Monday').waitFor()
  expect(await meaning.getByRole('listitem').count()).toBe(5)
  await cron.fill('30 8 *')
  await page.getByText('A schedule has five fields').waitFor()
  await page.getByRole('button', { name: 'Every 5 minutes' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Schedule changed.').waitFor()

  await page.goto(`${url}/administration/webhooks`)
  await page.getByRole('button', { name: 'New webhook' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Operators')
  await page.getByRole('textbox', { name: 'URL' }).fill(`${server.url}/hook`)
  await page.getByRole('button', { name: 'Make one' }).click()
  const secret = await page.getByLabel('Secret', { exact: true }).inputValue()
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('link', { name: 'Operators' }).click()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByRole('cell', { name: 'Delivered' }).waitFor()

  await page.goto(`${url}/administration/alarms`)
  await page.getByLabel('Email addresses').first().fill('ops@acme.example')
  await page.getByLabel('Email addresses').first().press('Enter')
  await page.getByLabel('And stays so for').fill('0')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.').waitFor()
  await api.patch('/scheduled-jobs/send-mass-emails', { status: 'inactive' })
  const id = await givenPending(desk)
  await expect.poll(() => server.asked.map(({ body }) => JSON.parse(body).data.code), { timeout: 60_000 }).toContain('jobSendMassEmails')
  const { headers, body } = server.asked.at(-1)!
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(`${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`).digest('base64')}`)
  await expect.poll(() => subjectsTo(desk, 'ops@acme.example'), { timeout: 30_000 }).toEqual([expect.stringContaining('Job: Send Mass Emails')])
  await page.getByText('The job Send Mass Emails is inactive').waitFor()

  await page.goto(`${url}/mass-emails/${id}`)
  await page.getByRole('status').filter({ hasText: 'Why is nothing going out?' }).getByText('The job Send Mass Emails is inactive.').waitFor()
  await page.goto(url)
  await page.getByText('The job Send Mass Emails is inactive.').first().waitFor()
  await page.getByRole('link', { name: 'Open the job' }).click()
  await page.getByRole('heading', { level: 1, name: 'Send Mass Emails' }).waitFor()
  expect(desk.faults).toEqual([])
})

async function givenPending({ api }: Desk): Promise<string> {
  await api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const { id: contact } = await api.post<Made>('/contacts', { firstName: 'Anna', emailAddress: 'anna@example.net' })
  const list = await api.post<Made>('/target-lists', { name: 'Readers' })
  await api.post(`/target-lists/${list.id}/members`, { entityType: 'Contact', ids: [contact] })
  const template = await api.post<Made>('/email-templates', { name: 'News', subject: 'News', body: '<p>Hello</p>', format: 'html' })
  const campaign = await api.post<Made>('/campaigns', { name: 'Spring', type: 'email', status: 'active', targetListIds: [list.id] })
  const { id } = await api.post<Made>('/mass-emails', { campaignId: campaign.id, name: 'First', emailTemplateId: template.id, dateStart: new Date().toISOString(), status: 'pending' })
  return id
}
