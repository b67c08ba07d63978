/** The story of the demo on a running server: sample data, a campaign, its readers, the figures. Told once; later runs only read the figures. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from './api.ts'
import { prepareFollowUp, sendCampaign, type Sent } from './campaign.ts'
import { playReaders } from './readers.ts'
import { writeSampleData } from './sample-data.ts'

export type Figures = { people: number; sent: number; opened: number; clicked: number; clicks: number; optedOut: number; bouncedHard: number; bouncedSoft: number; complained: number }
type Funnel = { candidates: number; included: number; verdicts: Record<string, number> }
type Count = { total: number }

/** `say` gets a sentence for each thing that happens. */
export async function playDemo(api: Api, say: (sentence: string) => void): Promise<Sent> {
  say('Writing accounts, contacts in ten scripts, leads and target lists')
  const lists = await writeSampleData(api)
  const { total } = await api.get<Count>('/contacts?limit=1')
  say(`Sending the campaign through the Sandbox (${total} contacts, ${(await api.get<Count>('/leads?limit=1')).total} leads)`)
  const sent = await sendCampaign(api, lists)
  say(`Not everybody may be mailed: ${describe(await api.get<Funnel>(`/mass-emails/${sent.massEmailId}/audience`))}`)
  say('Readers open the letter, click, and leave')
  await playReaders(api)
  await untilAnswered(api, sent)
  await prepareFollowUp(api, sent)
  // Whoever looks at the demo sets nothing up.
  await api.patch('/first-run', { hidden: true })
  return sent
}

/** The Sandbox answers a moment after it took a mail: bounces, and somebody who calls the letter spam. */
async function untilAnswered(api: Api, sent: Sent): Promise<void> {
  const captured = async (text: string) => (await api.get<Count>(`/sandbox/messages?limit=1&q=${text}`)).total
  const due = await captured('hard-bounce.') + await captured('soft-bounce.') + await captured('complaint.')
  const deadline = Date.now() + 60_000
  for (;;) {
    const { bouncedHard, bouncedSoft, complained } = await readFigures(api, sent)
    if (bouncedHard + bouncedSoft + complained >= due) return
    if (Date.now() > deadline) throw new Error('The Sandbox did not answer all that it has to within a minute.')
    await wait(200)
  }
}

export const readFigures = (api: Api, { campaignId }: Sent): Promise<Figures> => api.get<Figures>(`/campaigns/${campaignId}/figures`)

function describe({ candidates, included, verdicts }: Funnel): string {
  const reasons = Object.entries(verdicts).filter(([, count]) => count > 0).map(([verdict, count]) => `${verdict} ${count}`)
  return `${candidates} candidates, ${included} included (${reasons.join(', ')})`
}
