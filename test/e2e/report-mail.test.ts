/** A report that is mailed: scheduled in the browser, sent at once, and read in the Sandbox with its chart. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'

type Made = { id: string }

test('a report is scheduled, mailed at once to whoever asks, and arrives with its chart; the schedule is switched off and deleted', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  for (const city of ['Berlin', 'Berlin', 'Hamburg']) await api.post('/contacts', { lastName: 'Reader', addressCity: city })
  const report = await api.post<Made>('/reports', { name: 'By city', entityType: 'Contact', kind: 'grid', groupBy: ['addressCity'], chart: 'bar' })
  await signIn(desk)
  await page.goto(`${url}/reports/${report.id}`)
  const panel = page.getByRole('region', { name: 'By mail' })
  await panel.getByText('mailed to nobody').waitFor()
  await panel.getByRole('button', { name: 'Add a schedule' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'When' }).click()
  await page.getByRole('option', { name: 'Other times…' }).click()
  await dialog.getByLabel('Cron expression').fill('often')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('A schedule has five fields').waitFor()
  await dialog.getByLabel('Cron expression').fill('30 7 * * 1')
  await dialog.getByRole('combobox', { name: 'File' }).click()
  await page.getByRole('option', { name: 'All rows as CSV' }).click()
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/schedule-dialog.png` })
  await dialog.getByRole('button', { name: 'Save' }).click()
  const card = panel.getByRole('region', { name: 'At 07:30, only on Monday' })
  await card.getByText('with a CSV file').waitFor()
  await card.getByRole('button', { name: 'Send now to me' }).click()
  await page.getByText(/On its way to/).waitFor()
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/report-page.png`, fullPage: true })

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByText('1 schedule mails it').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.goto(`${url}/reports/scheduled`)
  await page.getByRole('table', { name: 'Scheduled reports' }).getByRole('link', { name: 'By city' }).waitFor()
  const mail = await arrived(desk.api)
  expect(mail.raw).toMatch(/Subject: By city: /)
  expect(mail.html).toContain('cid:chart@tidings')
  expect(mail.raw).toContain('Content-Type: image/png')
  expect(mail.raw).toMatch(/filename="?By city.csv/)

  await page.goto(`${url}/reports/${report.id}`)
  await panel.getByRole('switch', { name: 'At 07:30, only on Monday is active' }).click()
  await panel.getByText('It is off: nothing is mailed.').waitFor()
  await panel.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await panel.getByText('mailed to nobody').waitFor()
  expect(desk.faults.filter((fault) => !fault.includes('400'))).toEqual([])
})

test('somebody who may only read a report takes himself out of its schedule', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const role = await api.post<Made>('/roles', { name: 'Readers', otherTypes: { create: false, read: 'all', edit: 'no', delete: 'no' } })
  const reader = await api.post<Made>('/users', { userName: 'ben', emailAddress: 'ben@shop.example', lastName: 'Ben', password: 'a good long password', roleIds: [role.id] })
  const report = await api.post<Made>('/reports', { name: 'Everybody', entityType: 'Contact', kind: 'list' })
  await api.post('/report-schedules', { reportId: report.id, schedule: '0 8 * * 1', userIds: [reader.id] })
  await page.goto(url)
  await page.getByLabel('User name or email address').fill('ben')
  await page.getByLabel('Password', { exact: false }).first().fill('a good long password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()
  await page.goto(`${url}/reports/${report.id}`)
  const card = page.getByRole('region', { name: 'By mail' }).getByRole('region', { name: 'At 08:00, only on Monday' })
  await card.getByRole('button', { name: 'Take me out' }).click()
  await card.getByText('To nobody').waitFor()
  expect(await card.getByRole('button', { name: 'Take me out' }).count()).toBe(0)
  expect(desk.faults).toEqual([])
})

async function arrived(api: { get<T>(path: string): Promise<T> }): Promise<{ raw: string; html: string }> {
  for (;;) {
    const { items: [first] } = await api.get<{ items: Made[] }>('/sandbox/messages')
    if (first) return api.get(`/sandbox/messages/${first.id}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
