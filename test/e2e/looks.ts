/** A page in every look: light and dark on a desk, and on a phone. axe finds nothing serious, nothing sticks out. */
import { seriousFaults } from './axe.ts'
import { type Desk } from './browser.ts'

type Ready = () => Promise<void>

/** What is wrong, each with the address and the look; `ready` waits for more than the heading and the end of loading. */
export async function faultsInEveryLook(desk: Desk, address: string, ready?: Ready): Promise<string[]> {
  await open(desk, address, 1280, ready)
  const found = await faultsOf(desk, `${address}, light on a desk`)
  // The page made narrow is the page of a phone; only what `ready` has opened must be opened anew.
  await (ready ? open(desk, address, 360, ready) : resized(desk, 360))
  found.push(...await faultsOf(desk, `${address}, light on a phone`))
  await resized(desk, 1280)
  await desk.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await desk.page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await settled(desk)
  // What the dark page may do differently is colour.
  return [...found, ...await faultsOf(desk, `${address}, dark on a desk`, ['color-contrast'])]
}

async function open({ page, url }: Desk, address: string, width: number, ready?: Ready): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height: 800 })
  await page.goto(url + address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
  await ready?.()
}

async function resized(desk: Desk, width: number): Promise<void> {
  await desk.page.setViewportSize({ width, height: 800 })
  await settled(desk)
}

/** Colours that change are right once they are painted, and no longer on their way: what inherits one sets out anew when the other has arrived. */
const settled = ({ page }: Desk) => page.evaluate(async () => {
  const onTheirWay = () => document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
  do {
    await Promise.allSettled(onTheirWay().map(({ finished }) => finished))
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
  } while (onTheirWay().length > 0)
})

async function faultsOf({ page }: Desk, where: string, rules?: string[]): Promise<string[]> {
  // What is still being laid out may be wider for a moment.
  const sticksOut = await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, { timeout: 5_000 }).then(() => false, () => true)
  return [...await seriousFaults(page, { ...(rules && { rules }) }), ...(sticksOut ? ['wider than the window'] : [])].map((fault) => `${where}: ${fault}`)
}
