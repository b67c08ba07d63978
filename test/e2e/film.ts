/** Films a story that a test tells: a picture of each step, numbered, where TIDINGS_FILM names a folder. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { smallPng } from '../../scripts/small-png.ts'

/** As much of a page as a picture bears: a form is longer than a screen. */
const tallest = 1500

export function filmOf(page: Page, folder = process.env['TIDINGS_FILM']): (name: string, options?: { asSeen?: boolean }) => Promise<void> {
  let number = 0
  /** `asSeen`: no more than the window shows. */
  return async (name, { asSeen = false } = {}) => {
    number += 1
    if (!folder) return
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    await page.mouse.move(0, 0)
    await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur(); scrollTo(0, 0) })
    const { width, height } = page.viewportSize()!
    if (!asSeen) await page.setViewportSize({ width, height: Math.min(tallest, Math.max(height, await page.evaluate(() => document.querySelector('main')!.scrollHeight))) })
    await writeFile(join(folder, `${String(number).padStart(2, '0')}-${name}.png`), smallPng(await page.screenshot({ animations: 'disabled' })))
    await page.setViewportSize({ width, height })
  }
}
