/** Real Chromium in front of the real, built program. What the page logs as an error fails the test that was looking. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { onTestFailed } from 'vitest'
import type { Api } from '../../src/demo/api.ts'
import { createDatabase } from '../database.ts'
import { dataFolder, startProgram } from '../program.ts'

const nobodyYet = { TIDINGS_ADMIN_EMAIL: undefined, TIDINGS_ADMIN_PASSWORD: undefined, TIDINGS_API_KEY: undefined }

/** As root there is no sandbox; the rest keeps Chromium from calling its maker. */
const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

export type Desk = AsyncDisposable & { url: string; api: Api; page: Page; faults: string[] }

type DeskOptions = { administrator?: boolean; ownDatabase?: boolean; width?: number; height?: number; timeZone?: string; environment?: Record<string, string> }

/**
 * Starts the program and opens a browser on it. `administrator: false` leaves the first run to the browser.
 * Its database is one of the server of all tests, which is there in a moment; `ownDatabase` has the program make its own, as on an empty machine.
 */
export async function openDesk({ administrator = true, ownDatabase = false, width = 1280, height = 900, timeZone = 'UTC', environment = {} }: DeskOptions = {}): Promise<Desk> {
  const database = ownDatabase || environment['DATABASE_URL'] ? null : await createDatabase()
  const folder = await dataFolder()
  const program = await startProgram(folder.path, { ...(database && { DATABASE_URL: database.url }), ...(!administrator && nobodyYet), ...environment })
  const { page, faults, close } = await openPage({ width, height, timeZone })
  return {
    url: program.url, page, faults, api: program.api,
    async [Symbol.asyncDispose]() {
      await close()
      await program[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    },
  }
}

let running: Promise<Browser> | undefined

/** One for all tests of this process: each has a context of its own in it, with its own cookies. It ends with the process. */
async function runningBrowser(): Promise<Browser> {
  const browser = await running
  if (browser?.isConnected()) return browser
  running = chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags })
  return running
}

/** A browser on nothing yet. */
export async function openPage({ width = 1280, height = 900, timeZone = 'UTC' } = {}): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
  const browser = await runningBrowser()
  // A context of its own: axe refuses the one that newPage would make.
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', timezoneId: timeZone, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()) })
  const show = shownOnFailure(page)
  return {
    page, faults,
    async close() {
      await show()
      await context.close()
    },
  }
}

/** When a test fails, what the page showed at its end says more than the name of what was waited for. To be called before the page is closed: that is before the test is known to have failed. */
function shownOnFailure(page: Page): () => Promise<void> {
  let shown = ''
  if (process.env['VITEST']) onTestFailed(() => console.error(`The page showed:\n${shown}`))
  return async () => { shown = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).then((text) => `${page.url()}\n${text}`, String) }
}

/** By the API, in the browser's own name: the form is walked through by tests of signing in. */
export async function signIn({ page, url }: Pick<Desk, 'page' | 'url'>, { userName, password } = { userName: 'admin@tidings.example', password: 'a password for tests' }) {
  const answer = await page.request.post(`${url}/api/v1/session`, { data: { userName, password } })
  if (!answer.ok()) throw new Error(`Signing in was refused: ${await answer.text()}`)
  await page.goto(url)
  await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()
}

/** Picks a thing by typing its name into a picker and taking the first that is found. */
export async function pick(page: Page, label: string, name: string) {
  await page.getByRole('combobox', { name: label }).or(page.getByRole('textbox', { name: label })).first().fill(name)
  await page.getByRole('option', { name }).first().click()
}
