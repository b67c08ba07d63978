/** The audience funnel as steps: in lists, who falls out at each verdict, who is left, who will get it. Pure. */
import { verdictText, verdictTexts } from './verdicts.ts'

export type Audience = { candidates: number; included: number; verdicts: Record<string, number> }
export type FunnelStep = { code: string; name: string; why: string; out: number; left: number }

const order = Object.keys(verdictTexts)
const place = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length)

/** One step for each verdict that hit somebody, in the order in which verdicts are decided. */
export function funnelSteps({ candidates, verdicts }: Audience): FunnelStep[] {
  const hit = Object.entries(verdicts).filter(([code, count]) => count > 0 && code !== 'included')
  let left = candidates
  return hit.sort(([a], [b]) => place(a) - place(b)).map(([code, out]) => {
    left -= out
    return { code, ...verdictText(code), out, left }
  })
}
