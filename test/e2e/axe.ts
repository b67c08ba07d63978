/** What axe finds wrong with a page for people who cannot see, hear or point. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

type Look = {
  /** A selector of the part that is looked at, such as what lies above the page. */
  within?: string
  /** Some rules only. */
  rules?: readonly string[]
}

/** What is serious or critical, as readable lines. It is run where the page is: only what is wrong travels here, which is twice as quick as handing all of it over. */
export async function seriousFaults(page: Page, { within = 'html', rules }: Look = {}): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source)
  return page.evaluate(async ({ within, runOnly }) => {
    // A sandboxed frame runs no script, so axe would wait for ever for its own in it; other frames there are none.
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({ include: [within], exclude: ['iframe[sandbox]'] }, { runOnly, resultTypes: ['violations'], iframes: false })
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`.trim()))
  }, { within, runOnly: rules ? { type: 'rule' as const, values: [...rules] } : { type: 'tag' as const, values: levels } })
}
