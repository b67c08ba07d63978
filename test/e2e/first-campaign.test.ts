/**
 * From an empty data folder to a first real campaign, in the browser alone: a real Postfix carries the mail, a real Dovecot has the mailboxes. Every step is filmed where
 * TIDINGS_FILM names a folder (`npm run pictures -- first-run`).
 */
import { ImapFlow } from 'imapflow'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startDnsServer } from '../dns-server.ts'
import { startDovecot } from '../servers/dovecot.ts'
import { startPostfix } from '../servers/postfix.ts'
import { seriousFaults } from './axe.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { filmOf } from './film.ts'

const me = 'ada@good.test'
const password = 'a long password'
const bounces = 'bounce@shop.example'
/** Who has no mailbox is dead. */
const people = { [me]: {}, [bounces]: {}, 'anna@good.test': {} }
const file = 'First name;Last name;Email\r\nAda;Lane;ada@good.test\r\nAnna;Berg;anna@good.test\r\nGone;Away;gone@good.test\r\n'

/** Ten minutes: five seconds for each click, key and field are slow, and it waits for mail meanwhile. */
const mostActions = 120
/** What jobs do each minute. */
const aMinuteOrTwo = { timeout: 150_000 }

type Journey = Pick<Desk, 'page' | 'url'> & { hands: ReturnType<typeof handsOn>; film: ReturnType<typeof filmOf>; smtpPort: number; imapPort: number }

test.runIf(process.getuid?.() === 0)('a new administrator comes from an empty data folder to a first real campaign in the browser alone, in under ten minutes of clicks', async () => {
  await using dns = await startDnsServer({ 'shop.example': ['v=spf1 ip4:127.0.0.1 -all'], '_dmarc.shop.example': ['v=DMARC1; p=none'] })
  await using dovecot = await startDovecot({ people })
  await using postfix = await startPostfix({ lmtpPort: dovecot.lmtpPort })
  await using desk = await openDesk({ administrator: false, ownDatabase: true, width: 1120, height: 760, timeZone: 'Europe/Berlin', environment: { TIDINGS_DNS: dns.address } })
  const journey: Journey = { ...desk, hands: handsOn(desk.page), film: filmOf(desk.page), smtpPort: postfix.port, imapPort: dovecot.imapPort }
  await desk.page.goto(desk.url)
  await createAdministrator(journey)
  await describeCompany(journey)
  await chooseServer(journey)
  await nameSenderByKeyboard(journey)
  await mailMyself(journey)
  await inAnotherBrowser(journey)
  await readBounces(journey)
  await bringContacts(journey)
  await sendFirstCampaign(journey)
  expect(journey.hands.actions).toBeLessThanOrEqual(mostActions)
  await seeTheBounce(journey)
  expect(desk.faults).toEqual([])
}, 600_000)

test('whoever stays in the Sandbox leaves steps out on purpose and takes them up again; a colleague sees the steps that are his', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  const colleague = { userName: 'ben@shop.example', password: 'a good long password' }
  const role = await api.post<{ id: string }>('/roles', { name: 'Marketing', otherTypes: { create: true, read: 'all' } })
  await api.post('/users', { ...colleague, roleIds: [role.id] })
  await signIn(desk)
  await page.getByRole('link', { name: 'Go on' }).click()
  await step(page, 'Your company')
  await button(page, 'Leave out for now').click()
  await button(page, /^Stay in the Sandbox/).click()
  await button(page, 'Stay in the Sandbox').click()
  await step(page, 'Sender')
  await field(page, 'From address').fill('news@shop.example')
  await button(page, 'Save and check').click()
  await button(page, 'Continue').click()
  await button(page, 'Send me a mail').click()
  await page.getByText('The Sandbox has it').waitFor()
  await button(page, 'Continue').click()
  await step(page, 'Bounce mailbox')
  await button(page, 'Leave out for now').click()
  await button(page, 'Add me as a contact').click()
  await page.getByRole('link', { name: '1 contact', exact: true }).waitFor()
  await button(page, 'Continue').click()
  await step(page, 'First campaign')
  await button(page, 'Leave out for now').click()
  await page.getByRole('heading', { name: 'You are set up' }).waitFor()
  expect(await page.getByText(/Left out\./).count()).toBe(4)

  await page.getByRole('link', { name: 'Do it now: Bounce mailbox' }).click()
  await page.getByText('You left this out.').waitFor()
  await page.goto(`${url}/first-run/server`)
  await button(page, 'Choose another').click()
  await button(page, /^Microsoft 365/).click()
  await page.getByText(/SMTP AUTH is off unless somebody allows it/).waitFor()
  expect([await field(page, 'Host').inputValue(), await field(page, 'Most mass emails in an hour').inputValue()]).toEqual(['smtp.office365.com', '400'])

  await page.context().clearCookies()
  await signIn(desk, colleague)
  await page.getByText('1 of 2 steps done.').waitFor()
  await page.getByRole('link', { name: /First campaign/ }).click()
  await page.getByRole('heading', { name: 'New campaign' }).waitFor()
  await page.goto(`${url}/first-run`)
  await page.getByText('Only administrators set Tidings up').waitFor()
  expect(desk.faults).toEqual([])
}, 180_000)

async function createAdministrator({ page, hands, film }: Journey) {
  await hands.fill(page.getByLabel('Email address'), me)
  await hands.fill(page.getByLabel('Password', { exact: false }).first(), password)
  await hands.fill(page.getByLabel('Password again'), 'another password')
  await hands.click(button(page, 'Create administrator'))
  await page.getByText('The two passwords differ.').waitFor()
  await hands.fill(page.getByLabel('Password again'), password)
  await film('administrator')
  await hands.click(button(page, 'Create administrator'))
}

async function describeCompany({ page, hands, film }: Journey) {
  await step(page, 'Your company')
  await hands.fill(field(page, 'Company name'), 'The Shop')
  await hands.fill(field(page, 'Postal address'), 'Harbour Street 1, 20457 Hamburg')
  expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Berlin')
  await film('company')
  await hands.click(button(page, 'Save and continue'))
}

/** The first try fails, and says what to do; a server that refuses us has no tick. */
async function chooseServer({ page, url, hands, film, smtpPort }: Journey) {
  await step(page, 'Mail server')
  await film('providers')
  await hands.click(button(page, /^Another SMTP server/))
  await hands.fill(field(page, 'Host'), '127.0.0.1')
  await hands.fill(field(page, 'Port'), '1')
  await hands.click(button(page, 'Save and test'))
  await page.getByText('Nothing listens at 127.0.0.1:1.').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await film('server-refused')
  const { steps } = await (await page.request.get(`${url}/api/v1/first-run`)).json() as { steps: object[] }
  expect(steps).toContainEqual({ step: 'server', state: 'open' })
  await hands.fill(field(page, 'Port'), String(smtpPort))
  await hands.choose('Security', /^None/)
  await hands.click(button(page, 'Save and test'))
  await page.getByText('The server accepts us.').waitFor()
  await page.getByText('220 mx.test.local ESMTP').waitFor()
  await film('server')
  await hands.click(button(page, 'Continue'))
}

/** Without a mouse: the step has the focus when it opens, and Tab leads through its form. */
async function nameSenderByKeyboard({ page, hands, film }: Journey) {
  await step(page, 'Sender')
  await hands.press('Tab')
  await hands.type('letters@shop.example')
  await hands.press('Tab')
  expect(await field(page, 'From name').inputValue()).toBe('The Shop')
  await hands.press('Enter')
  await page.getByRole('region', { name: 'What DNS says of shop.example' }).getByText('DMARC', { exact: true }).waitFor()
  await film('sender')
  await hands.click(button(page, 'Continue'))
}

/** The page is loaded anew in the middle, and goes on. */
async function mailMyself({ page, hands, film, imapPort }: Journey) {
  await step(page, 'A mail to yourself')
  await hands.click(button(page, 'Send me a mail'))
  await page.getByText(`Look into the mailbox of ${me}`).waitFor()
  expect(await subjectsOf(imapPort, me)).toEqual(['[Test] Mail from Tidings works'])
  await film('mail')
  await page.reload()
  await hands.click(button(page, 'It arrived'))
  await step(page, 'Bounce mailbox')
}

/** Nothing of it is kept in a browser: another one, the next day, is led to the same step. */
async function inAnotherBrowser({ page, url }: Journey) {
  const other = await page.context().browser()!.newContext()
  const second = await other.newPage()
  await signIn({ page: second, url }, { userName: me, password })
  await second.getByText('4 of 7 steps done.').waitFor()
  await second.getByRole('link', { name: 'Go on' }).click()
  await second.waitForURL(`${url}/first-run/bounces`)
  await other.close()
}

async function readBounces({ page, hands, film, imapPort }: Journey) {
  await hands.fill(field(page, 'Address of the mailbox'), bounces)
  await hands.fill(field(page, 'Host'), '127.0.0.1')
  await hands.fill(field(page, 'Port'), String(imapPort))
  await hands.choose('Security', /^None/)
  await hands.fill(page.getByLabel('Password', { exact: true }), 'secret')
  await hands.click(page.getByRole('switch', { name: /VERP/ }))
  await hands.click(button(page, 'Save and test'))
  await page.getByText('The mailbox can be read').waitFor()
  await hands.click(button(page, 'Start the test'))
  await page.getByText(/The server took it/).waitFor()
  await runNow(page, 'check-group-email-accounts')
  await page.getByText('The loop is closed.').waitFor(aMinuteOrTwo)
  expect(await seriousFaults(page)).toEqual([])
  await film('bounces')
  await hands.click(button(page, 'Continue'))
}

async function bringContacts({ page, hands, film }: Journey) {
  await step(page, 'Your contacts')
  await film('contacts')
  await hands.click(page.getByRole('link', { name: 'Import a file' }))
  await hands.file(page.getByLabel('File to import'), 'readers.csv', file)
  await page.getByRole('heading', { name: '2. Columns' }).waitFor()
  await film('import')
  await hands.click(button(page, 'Import readers.csv'))
  await page.getByRole('heading', { name: /^Import of readers/ }).waitFor()
  await hands.click(button(page, 'Close: Import Contacts from readers.csv'))
  await film('imported')
  await hands.click(page.getByRole('link', { name: 'Go on with the set-up' }))
}

async function sendFirstCampaign({ page, hands, film, imapPort }: Journey) {
  await step(page, 'First campaign')
  await field(page, 'Subject').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await film('first-campaign')
  await hands.click(button(page, 'Make the draft'))
  await page.getByRole('link', { name: 'Look at it and schedule' }).waitFor()
  await film('draft')
  await hands.click(page.getByRole('link', { name: 'Look at it and schedule' }))
  await page.getByRole('list', { name: 'Pre-flight checks' }).waitFor()
  await film('pre-flight')
  await hands.click(button(page, 'Schedule…'))
  await page.getByRole('dialog').getByText('3 people').waitFor()
  await film('schedule', { asSeen: true })
  await hands.click(page.getByRole('dialog').getByRole('button', { name: 'Schedule' }))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await hands.click(page.getByRole('link', { name: 'Back to the set-up' }))
  await runNow(page, 'send-mass-emails')
  await page.getByRole('region', { name: 'First campaign' }).getByText('Complete').waitFor(aMinuteOrTwo)
  await film('sent')
  expect(await subjectsOf(imapPort, 'anna@good.test')).toEqual(['What is new this month'])
  await hands.click(button(page, 'Continue'))
  await page.getByRole('heading', { name: 'You are set up' }).waitFor()
  await film('done')
}

/** From the figure to the log: who bounced, and why. */
async function seeTheBounce({ page, url, film }: Journey) {
  await page.goto(`${url}/first-run/campaign`)
  await page.getByRole('link', { name: 'Open the campaign' }).click()
  await runNow(page, 'check-group-email-accounts')
  await page.getByRole('link', { name: /^Bounced 1/ }).click(aMinuteOrTwo)
  await page.getByRole('heading', { name: /^Log of/ }).waitFor()
  await page.getByText('gone@good.test').first().waitFor()
  await page.getByText(/User doesn't exist/).first().waitFor()
  await film('bounced')
}

/** A person waits for the next minute; a test need not. */
async function runNow(page: Page, job: string) {
  const { origin } = new URL(page.url())
  const { csrfToken } = await (await page.request.get(`${origin}/api/v1/session`)).json() as { csrfToken: string }
  expect((await page.request.post(`${origin}/api/v1/scheduled-jobs/${job}/run`, { headers: { 'x-csrf-token': csrfToken }, data: {} })).status()).toBe(202)
}

/** A person's hands: whatever they do is counted. */
function handsOn(page: Page) {
  let actions = 0
  return {
    get actions() { return actions },
    async click(target: Locator) { actions += 1; await target.click() },
    async fill(target: Locator, text: string) { actions += 1; await target.fill(text) },
    async press(key: string) { actions += 1; await page.keyboard.press(key) },
    async type(text: string) { actions += 1; await page.keyboard.type(text) },
    async choose(label: string, option: RegExp) {
      actions += 2
      await page.getByRole('combobox', { name: label, exact: true }).click()
      await page.getByRole('option', { name: option }).click()
    },
    async file(target: Locator, name: string, text: string) { actions += 1; await target.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }) },
  }
}

const step = (page: Page, title: string) => page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor()
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })

async function subjectsOf(port: number, user: string): Promise<(string | undefined)[]> {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user, pass: 'secret' }, logger: false })
  await client.connect()
  try {
    await client.mailboxOpen('INBOX')
    return (await client.fetchAll('1:*', { envelope: true })).map(({ envelope }) => envelope?.subject)
  } finally {
    await client.logout()
  }
}
