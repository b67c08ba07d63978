/** Real Chromium in front of the real, built program. What the page logs as an error fails the test that was looking. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Page } from 'playwright-core'
import { type Api, openApi } from '../../src/demo/api.ts'
import { dataFolder, environmentOf } from '../program.ts'

const program = fileURLToPath(new URL('../../bin/tidings.mjs', import.meta.url))
const apiKey = 'a-key-for-tests-that-is-long-enough'

/** As root there is no sandbox; the rest keeps Chromium from calling its maker. */
const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

export type Desk = AsyncDisposable & { url: string; api: Api; page: Page; faults: string[] }

type DeskOptions = { administrator?: boolean; width?: number; height?: number; timeZone?: string; environment?: Record<string, string> }

/** Starts the program on an empty data folder and opens a browser on it; `administrator: false` leaves the first run to the browser. */
export async function openDesk({ administrator = true, width = 1280, height = 900, timeZone = 'UTC', environment = {} }: DeskOptions = {}): Promise<Desk> {
  const folder = await dataFolder()
  const { TIDINGS_ADMIN_EMAIL, TIDINGS_ADMIN_PASSWORD, TIDINGS_API_KEY, ...rest } = environmentOf(folder.path, environment)
  const admin = { TIDINGS_ADMIN_EMAIL, TIDINGS_ADMIN_PASSWORD, TIDINGS_API_KEY }
  const child = spawn(process.execPath, [program, 'start'], { env: administrator ? { ...rest, ...admin } : rest, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await readyUrl(child)
  const { page, faults, close } = await openPage({ width, height, timeZone })
  return {
    url, page, faults, api: openApi(url, apiKey),
    async [Symbol.asyncDispose]() {
      await close()
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** A browser on nothing yet. */
export async function openPage({ width = 1280, height = 900, timeZone = 'UTC' } = {}): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags })
  // A context of its own: axe refuses the one that newPage would make.
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', timezoneId: timeZone, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()) })
  return { page, faults, close: () => browser.close() }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /^Tidings is ready at (\S+)$/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error('The program ended before it was ready.')
}

export async function signIn({ page, url }: Pick<Desk, 'page' | 'url'>, { userName, password } = { userName: 'admin@tidings.example', password: 'a password for tests' }) {
  await page.goto(url)
  await page.getByLabel('User name or email address').fill(userName)
  await page.getByLabel('Password', { exact: false }).first().fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()
}

/** Picks a thing by typing its name into a picker and taking the first that is found. */
export async function pick(page: Page, label: string, name: string) {
  await page.getByRole('combobox', { name: label }).or(page.getByRole('textbox', { name: label })).first().fill(name)
  await page.getByRole('option', { name }).first().click()
}

/** What axe finds that is serious or critical, as readable lines; `within` looks at a part only, such as what lies above the page. */
export async function seriousFaults(page: Page, { within = 'html', rules }: { within?: string; rules?: readonly string[] } = {}): Promise<string[]> {
  // In a frame where no script runs axe would wait for ever for its own; all that it looks at is of one origin, so it needs no page beside this one ("legacy").
  const axe = new AxeBuilder({ page }).include(within).exclude('iframe[sandbox]').options({ resultTypes: ['violations'] }).setLegacyMode(true)
  const { violations } = await (rules ? axe.withRules([...rules]) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])).analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`.trim()))
}
