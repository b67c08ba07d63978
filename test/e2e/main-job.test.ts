/** The main job in a real browser: a CSV file comes in, a campaign goes out, readers answer, a second campaign is made of the clickers. */
import { expect, test } from 'vitest'
import { type Desk, openDesk, pick, signIn } from './browser.ts'
import { clickAsReader, createCampaign, createTargetList, createTrackingUrl, makeListOfClickers, runSendMassEmails, scheduleMassEmail, setSender, writeTemplate } from './steps.ts'

const csv = [
  'First name;Last name;Email;City',
  'Anna;O\'Brien;anna@shop.example;Berlin', 'Ben;"Berg, von";ben@shop.example;Hamburg', 'Олена;Шевченко;olena@shop.example;Київ',
  'Twin;Of Anna;ANNA@SHOP.EXAMPLE;Berlin', 'Broken;Address;broken@@shop;Berlin', 'No;Address;;Berlin', 'Too;many;cells@shop.example;Berlin;here',
].join('\r\n')

test('from a CSV file to a second campaign made of those who clicked', async () => {
  await using desk = await openDesk()
  const { page } = desk
  await signIn(desk)
  await setSender(desk)
  await createTargetList(desk, 'Readers')
  await importFile(desk)
  const campaignUrl = await createCampaign(desk, { name: 'Autumn', list: 'Readers' })
  await createTrackingUrl(page)
  await writeTemplate(desk, { subject: 'News for {Person.firstName|you}', text: 'Hello {Person.firstName|there}' })
  await scheduleMassEmail(desk, campaignUrl)
  await page.getByText('3 people').first().waitFor()
  await page.getByRole('button', { name: 'Schedule' }).last().click()
  await page.getByText('is scheduled').waitFor()
  await runSendMassEmails(desk)
  await page.goto(campaignUrl)
  await page.getByText('Complete', { exact: true }).first().waitFor()
  await clickAsReader(desk, { address: 'anna@shop.example', subject: 'News for Anna' })
  await makeListOfClickers(desk, campaignUrl)
  const secondUrl = await createCampaign(desk, { name: 'For the curious', list: 'Clickers' })
  await scheduleMassEmail(desk, secondUrl)
  await page.getByText('1 person').first().waitFor()
  expect(desk.faults).toEqual([])
})

/** Seven rows: five become contacts (one with a warning, one without an address), the twin is skipped, one is rejected with its reason. */
async function importFile({ page, url }: Desk) {
  await page.goto(`${url}/import?entityType=Contact`)
  await page.locator('input[type=file]').setInputFiles({ name: 'readers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('heading', { name: '2. Columns' }).waitFor()
  await pick(page, 'Add everybody to a target list', 'Readers')
  await page.getByRole('button', { name: 'Dry run' }).click()
  await page.getByText('If you import now').waitFor()
  await page.getByRole('button', { name: /^Import / }).click()
  await page.waitForURL(/\/import\/[0-9a-f-]+/)
  await page.getByText(/columns|cells/i).first().waitFor()
}
