/** The heat map of a mail as a style sheet: nothing of the mail is touched, so it looks as it was sent, with its links marked. Pure. */
import type { Result } from '../../api/client.ts'
import type { getLinksOnMail } from '../../../src/log/contract.ts'

export type LinkOnMail = Result<typeof getLinksOnMail>['links'][number]
export type HeatBy = 'people' | 'clicks'

/** From a pale yellow to a deep red, by the share of the most clicked one. */
export function heatColor(value: number, most: number): string {
  const heat = most > 0 ? value / most : 0
  return value === 0 ? 'hsl(210 8% 55%)' : `hsl(${Math.round(48 - 48 * heat)} 90% ${Math.round(50 - 8 * heat)}%)`
}

export const shareOfClicks = (link: LinkOnMail, links: readonly LinkOnMail[]) => {
  const all = links.reduce((sum, { clicks }) => sum + clicks, 0)
  return all === 0 ? 0 : link.clicks / all
}

/** A badge stands at each place of a link without taking room, the link itself has a frame in the colour of its heat. */
export function heatStyle(links: readonly LinkOnMail[], by: HeatBy, words: (link: LinkOnMail) => string): string {
  const most = Math.max(0, ...links.map((link) => link[by]))
  const each = links.filter(({ mark, places }) => places > 0 && /^\d+$/.test(mark)).map((link) => {
    const color = heatColor(link[by], most)
    return `[data-tidings-mark="${link.mark}"]::after{content:${JSON.stringify(words(link).replace(/[<\\"\n]/g, ''))};border-color:${color}}`
      + `[data-tidings-link="${link.mark}"]{outline:3px solid ${color}!important;outline-offset:1px;box-shadow:inset 0 0 0 100vmax ${color.replace(')', ' / 18%)')}!important}`
  })
  return `<style>${frame}${each.join('')}</style>`
}

const frame = [
  // Nobody leaves by a mail that is only looked at.
  'a,area{pointer-events:none!important}',
  '[data-tidings-mark]{display:inline-block!important;position:relative!important;width:0!important;height:0!important;overflow:visible!important;vertical-align:top!important;z-index:9}',
  '[data-tidings-mark]::after{position:absolute;left:-6px;top:-13px;padding:1px 7px;border:2px solid;border-radius:11px;background:#1b2225;color:#fff;font:600 11px/1.35 system-ui,sans-serif;letter-spacing:0;text-indent:0;white-space:nowrap;text-decoration:none}',
].join('')
