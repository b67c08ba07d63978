/** A chart without a mouse, as a table, and on a phone. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'

type Made = { id: string }

test('arrow keys lead from value to value, each says what it is and opens its rows; the same stands in a table; on a phone everything finds room', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const cities = ['Berlin', 'Berlin', 'Hamburg', 'Castrop-Rauxel an der Emscher', 'Frankfurt am Main']
  for (const [index, addressCity] of cities.entries()) await api.post('/contacts', { lastName: `Reader ${index}`, addressCity })
  const report = await api.post<Made>('/reports', { name: 'By city', entityType: 'Contact', kind: 'grid', groupBy: ['addressCity'], chart: 'bar' })
  await signIn(desk)
  await page.goto(`${url}/reports/${report.id}`)
  const marks = page.locator('svg [data-mark]')
  await marks.first().focus()
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  expect(await focused()).toBe('Berlin: 2')
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toBe('Castrop-Rauxel an der Emscher: 1')
  await page.keyboard.press('End')
  expect(await focused()).toBe('Hamburg: 1')
  // One stop for the Tab key, wherever one is.
  expect(await marks.evaluateAll((all) => all.filter((mark) => mark.getAttribute('tabindex') === '0').length)).toBe(1)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('Reader 2').waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Show as table' }).click()
  await page.getByRole('table', { name: 'By city' }).getByRole('row', { name: 'Castrop-Rauxel an der Emscher 1' }).waitFor()
  await page.getByRole('button', { name: 'Show as chart' }).click()
  await page.setViewportSize({ width: 360, height: 740 })
  await marks.first().waitFor()
  await page.waitForFunction(() => document.querySelector('svg [data-mark]')!.closest('svg')!.getBoundingClientRect().right <= 360)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/chart-phone.png`, fullPage: true })
  expect(desk.faults).toEqual([])
})
