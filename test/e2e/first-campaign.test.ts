/**
 * From an empty data folder to a first real campaign, in the browser alone: a real Postfix carries the mail, a real Dovecot has the mailboxes. Every step is filmed when
 * TIDINGS_FILM names a folder (`npm run pictures -- first-run`).
 */
import { ImapFlow } from 'imapflow'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startDnsServer } from '../dns-server.ts'
import { startDovecot } from '../servers/dovecot.ts'
import { startPostfix } from '../servers/postfix.ts'
import { type Desk, openDesk } from './browser.ts'

const me = 'ada@good.test'
const bounces = 'bounce@shop.example'
const password = 'a long password'
const people = 'First name;Last name;Email\r\nAda;Lane;ada@good.test\r\nAnna;Berg;anna@good.test\r\nGone;Away;gone@good.test\r\n'

/** Ten minutes: five seconds for each click, key and field are slow, and it waits for mail meanwhile. */
const mostActions = 120

/** A person's hands: whatever they do is counted. */
function handsOn(page: Page) {
  let actions = 0
  return {
    get actions() { return actions },
    async click(target: Locator) { actions += 1; await target.click() },
    async fill(target: Locator, text: string) { actions += 1; await target.fill(text) },
    async press(key: string) { actions += 1; await page.keyboard.press(key) },
    async type(text: string) { actions += 1; await page.keyboard.type(text) },
    async choose(label: string, option: string | RegExp) {
      actions += 2
      await page.getByRole('combobox', { name: label, exact: true }).click()
      await page.getByRole('option', { name: option }).click()
    },
    async file(target: Locator, name: string, text: string) { actions += 1; await target.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }) },
  }
}

const tallest = 1300

/** Films a step where pictures are wanted, as much of the page as a picture bears: a form is longer than a screen. */
function filmOf(page: Page) {
  const folder = process.env['TIDINGS_FILM']
  let number = 0
  return async (name: string) => {
    number += 1
    if (!folder) return
    await page.mouse.move(0, 0)
    await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur(); scrollTo(0, 0) })
    const { width, height } = page.viewportSize()!
    await page.setViewportSize({ width, height: Math.min(tallest, Math.max(height, await page.evaluate(() => document.querySelector('main')!.scrollHeight))) })
    await page.screenshot({ path: `${folder}/${String(number).padStart(2, '0')}-${name}.png`, animations: 'disabled' })
    await page.setViewportSize({ width, height })
  }
}

const step = (page: Page, title: string) => page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor()
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })

test.runIf(process.getuid?.() === 0)('a new administrator comes from an empty data folder to a first real campaign in the browser alone, in under ten minutes of clicks', async () => {
  await using dns = await startDnsServer({ 'shop.example': ['v=spf1 ip4:127.0.0.1 -all'], '_dmarc.shop.example': ['v=DMARC1; p=none'] })
  await using dovecot = await startDovecot({ people: { [me]: {}, [bounces]: {}, 'anna@good.test': {} } })
  await using postfix = await startPostfix({ lmtpPort: dovecot.lmtpPort })
  await using desk = await openDesk({ administrator: false, width: 1120, height: 760, timeZone: 'Europe/Berlin', environment: { TIDINGS_DNS: dns.address } })
  const { page, url } = desk
  const hands = handsOn(page)
  const film = filmOf(page)
  const read = async <T>(path: string): Promise<T> => await (await page.request.get(`${url}/api/v1${path}`)).json() as T
  await page.goto(url)

  await hands.fill(page.getByLabel('Email address'), me)
  await hands.fill(page.getByLabel('Password', { exact: false }).first(), password)
  await hands.fill(page.getByLabel('Password again'), 'another password')
  await hands.click(button(page, 'Create administrator'))
  await page.getByText('The two passwords differ.').waitFor()
  await hands.fill(page.getByLabel('Password again'), password)
  await film('administrator')
  await hands.click(button(page, 'Create administrator'))

  await step(page, 'Your company')
  await hands.fill(page.getByLabel('Company name'), 'The Shop')
  await hands.fill(page.getByLabel('Postal address'), 'Harbour Street 1, 20457 Hamburg')
  expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Berlin')
  await film('company')
  await hands.click(button(page, 'Save and continue'))

  await step(page, 'Mail server')
  await film('providers')
  await hands.click(button(page, /^Another SMTP server/))
  await hands.fill(field(page, 'Host'), '127.0.0.1')
  await hands.fill(field(page, 'Port'), '1')
  await hands.click(button(page, 'Save and test'))
  await page.getByText('Nothing listens at 127.0.0.1:1.').waitFor()
  await film('server-refused')
  expect((await read<{ steps: object[] }>('/first-run')).steps).toContainEqual({ step: 'server', state: 'open' })
  await hands.fill(field(page, 'Port'), String(postfix.port))
  await hands.choose('Security', /^None/)
  await hands.click(button(page, 'Save and test'))
  await page.getByText('The server accepts us.').waitFor()
  await film('server')
  await hands.click(button(page, 'Continue'))

  await byKeyboard(page, hands)
  await film('sender')
  await hands.click(button(page, 'Continue'))

  await step(page, 'A mail to yourself')
  await hands.click(button(page, 'Send me a mail'))
  await page.getByText(`Look into the mailbox of ${me}`).waitFor()
  expect(await subjectsOf(dovecot.imapPort, me)).toEqual(['[Test] Mail from Tidings works'])
  await film('mail')

  await page.reload()
  await hands.click(button(page, 'It arrived'))
  await step(page, 'Bounce mailbox')
  await inAnotherBrowser(desk)

  await hands.fill(page.getByLabel('Address of the mailbox'), bounces)
  await hands.fill(field(page, 'Host'), '127.0.0.1')
  await hands.fill(field(page, 'Port'), String(dovecot.imapPort))
  await hands.choose('Security', /^None/)
  await hands.fill(page.getByLabel('Password', { exact: true }), 'secret')
  await hands.click(page.getByRole('switch', { name: /VERP/ }))
  await hands.click(button(page, 'Save and test'))
  await page.getByText('The mailbox can be read').waitFor()
  await hands.click(button(page, 'Test it'))
  await page.getByRole('img', { name: 'done' }).nth(4).waitFor({ timeout: 90_000 })
  await film('bounces')
  await hands.click(button(page, 'Continue'))

  await step(page, 'Your contacts')
  await film('contacts')
  await hands.click(page.getByRole('link', { name: 'Import a file' }))
  await hands.file(page.getByLabel('File to import'), 'readers.csv', people)
  await page.getByRole('heading', { name: '2. Columns' }).waitFor()
  await film('import')
  await hands.click(button(page, 'Import readers.csv'))
  await page.getByRole('heading', { name: /^Import of readers/ }).waitFor()
  await hands.click(page.getByRole('link', { name: 'Go on with the set-up' }))

  await step(page, 'First campaign')
  await film('first-campaign')
  await hands.click(button(page, 'Make the draft'))
  await page.getByRole('link', { name: 'Look at it and schedule' }).waitFor()
  await film('draft')
  await hands.click(page.getByRole('link', { name: 'Look at it and schedule' }))
  await page.getByRole('list', { name: 'Pre-flight checks' }).waitFor()
  await film('pre-flight')
  await hands.click(button(page, 'Schedule…'))
  await page.getByRole('dialog').getByText('3 people').waitFor()
  await film('schedule')
  await hands.click(page.getByRole('dialog').getByRole('button', { name: 'Schedule' }))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await hands.click(page.getByRole('link', { name: 'Back to the set-up' }))

  await page.getByRole('region', { name: 'First campaign' }).getByText('Complete').waitFor({ timeout: 150_000 })
  await film('sent')
  expect(await subjectsOf(dovecot.imapPort, 'anna@good.test')).toEqual(['What is new this month'])
  await hands.click(button(page, 'Continue'))
  await page.getByRole('heading', { name: 'You are set up' }).waitFor()
  await film('done')
  expect(hands.actions).toBeLessThanOrEqual(mostActions)
  console.log(`${hands.actions} actions`)

  await page.goto(`${url}/first-run/campaign`)
  await page.getByRole('link', { name: 'Open the campaign' }).click()
  await page.getByRole('region', { name: 'Log' }).getByText('gone@good.test').first().waitFor()
  await page.getByRole('region', { name: 'Log' }).getByText(/^Bounced/).first().waitFor({ timeout: 150_000 })
  await film('campaign')
  expect(desk.faults).toEqual([])
}, 600_000)

/** Without a mouse: the step has the focus when it opens, and Tab leads through its form. */
async function byKeyboard(page: Page, hands: ReturnType<typeof handsOn>) {
  await step(page, 'Sender')
  await hands.press('Tab')
  await hands.type('letters@shop.example')
  await hands.press('Tab')
  expect(await page.getByLabel('From name').inputValue()).toBe('The Shop')
  await hands.press('Enter')
  await page.getByRole('region', { name: 'What DNS says of shop.example' }).getByText('DMARC', { exact: true }).waitFor()
}

/** Nothing of it is kept in a browser: another one, the next day, is led to the same step. */
async function inAnotherBrowser({ page, url }: Desk) {
  const other = await page.context().browser()!.newContext()
  const second = await other.newPage()
  await second.goto(url)
  await second.getByLabel('User name or email address').fill(me)
  await second.getByLabel('Password', { exact: false }).first().fill(password)
  await second.getByRole('button', { name: 'Sign in' }).click()
  await second.getByText('4 of 7 steps done.').waitFor()
  await second.getByRole('link', { name: 'Go on' }).click()
  await second.waitForURL(`${url}/first-run/bounces`)
  await other.close()
}

async function subjectsOf(port: number, user: string): Promise<(string | undefined)[]> {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user, pass: 'secret' }, logger: false })
  await client.connect()
  try {
    await client.mailboxOpen('INBOX')
    const messages = await client.fetchAll('1:*', { envelope: true })
    return messages.map(({ envelope }) => envelope?.subject)
  } finally {
    await client.logout()
  }
}
