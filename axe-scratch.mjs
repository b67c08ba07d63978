import { chromium } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
const base = process.env.BASE ?? 'http://localhost:18735'
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] })
const c = await b.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce' })
const p = await c.newPage()
p.on('console', m => m.type() === 'error' && console.log('ERR', m.text()))
p.on('pageerror', e => console.log('PAGEERR', e.message))
await p.goto(base)
await p.getByLabel('User name or email address').fill(process.env.U)
await p.getByLabel('Password', { exact: false }).first().fill(process.env.P)
await p.getByRole('button', { name: 'Sign in' }).click()
await p.getByRole('link', { name: 'Campaigns', exact: true }).first().waitFor()
for (const path of process.argv.slice(2)) for (const [w, dark] of [[1280, ''], [1280, 'dark'], [360, '']]) {
  await p.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  await p.setViewportSize({ width: w, height: 900 })
  await p.goto(base + path); await p.waitForTimeout(4000)
  const { violations } = await new AxeBuilder({ page: p }).include('html').withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  for (const v of violations) if (['serious','critical'].includes(v.impact)) for (const n of v.nodes.slice(0, 5)) console.log(path, w, dark, v.id, n.target.join(' '), n.any[0]?.message ?? '')
  const wide = await p.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  if (wide) console.log(path, w, 'WIDE')
  const name = `/tmp/look-${path.replace(/\W+/g, '_').slice(0, 40)}-${w}${dark}.png`
  const h = await p.evaluate(() => document.documentElement.scrollHeight)
  await p.setViewportSize({ width: w, height: Math.min(h + 50, 7000) }); await p.waitForTimeout(800)
  await p.screenshot({ path: name })
}
await b.close()
