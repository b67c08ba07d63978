import { expect, test } from 'vitest'
import { heatColor, heatStyle, type LinkOnMail, shareOfClicks } from './heat.ts'

const link = (some: Partial<LinkOnMail>): LinkOnMail => ({ mark: '1', places: 1, trackingUrlId: 'a', name: '', url: '', people: 0, clicks: 0, machinePeople: 0, machineClicks: 0, ...some })

test('the most clicked link is the hottest, one that nobody clicked is grey', () => {
  expect([heatColor(10, 10), heatColor(5, 10), heatColor(0, 10)]).toEqual(['hsl(0 90% 42%)', 'hsl(24 90% 46%)', 'hsl(210 8% 55%)'])
})

test('each link that stands in the mail has its badge, and words cannot leave the style sheet', () => {
  const style = heatStyle([link({ mark: '7', people: 3 }), link({ mark: '8', places: 0 }), link({ mark: '9"]{}' })], 'people', ({ people }) => `${people}</style><b>`)
  expect(style).toContain('[data-tidings-mark="7"]::after{content:"3/style>b>"')
  expect(style.match(/<\/style>/g)).toHaveLength(1)
  expect(style).not.toContain('"8"')
  expect(style).not.toContain('9"]{}')
})

test('shares are of all clicks', () => {
  const links = [link({ clicks: 3 }), link({ clicks: 1 })]
  expect([shareOfClicks(links[0]!, links), shareOfClicks(link({}), [])]).toEqual([0.75, 0])
})
