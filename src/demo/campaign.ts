/** The sample campaign: template, links, mass email; sent through the Sandbox by the scheduled job, like any other. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from './api.ts'
import { newsletter, subject } from './newsletter.ts'
import type { Lists } from './sample-data.ts'

export type Sent = { campaignId: string; massEmailId: string; emailTemplateId: string }

type Made = { id: string; code: string }
type MassEmail = { status: string; pausedReason: string | null }

const shop = 'https://shop.harbour-finch.example'

export const campaignName = 'Autumn list'

export async function sendCampaign(api: Api, lists: Lists): Promise<Sent> {
  const targetListIds = [lists.readers, lists.fair, lists.trade]
  const { id: campaignId } = await api.post<Made>('/campaigns', {
    name: campaignName, type: 'newsletter', status: 'active', targetListIds, excludingTargetListIds: [lists.competitors],
  })
  const emailTemplateId = await writeTemplate(api, campaignId)
  const { id: massEmailId } = await api.post<Made>('/mass-emails', {
    campaignId, name: 'Autumn letter', emailTemplateId, dateStart: new Date().toISOString(), storeSentEmails: true,
  })
  await api.patch(`/mass-emails/${massEmailId}`, { status: 'pending' })
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  await untilComplete(api, massEmailId)
  return { campaignId, massEmailId, emailTemplateId }
}

async function writeTemplate(api: Api, campaignId: string): Promise<string> {
  const link = async (name: string, target: object) => (await api.post<Made>('/tracking-urls', { campaignId, name, ...target })).code
  const redirect = (name: string, path: string) => link(name, { action: 'redirect', url: `${shop}${path}` })
  const links = {
    firstPages: await redirect('First pages', '/the-salt-ledger/first-pages'),
    signedCopies: await redirect('Signed copies', '/kleine-wege/signed'),
    reading: await redirect('The reading', '/events/garden'),
    thanks: await link('Which one will you read?', { action: 'showMessage', message: 'Thank you! We will set a copy aside for you.' }),
  }
  const template = { name: 'Autumn letter', subject, body: newsletter(links), format: 'html' }
  return (await api.post<Made>('/email-templates', template)).id
}

async function untilComplete(api: Api, id: string): Promise<void> {
  const deadline = Date.now() + 120_000
  for (;;) {
    const { status, pausedReason } = await api.get<MassEmail>(`/mass-emails/${id}`)
    if (status === 'complete') return
    // On a slow machine the complaint is back before the last mail has left: one in two hundred is enough to be asked.
    if (pausedReason === 'safetyStop') await api.post(`/mass-emails/${id}/resume`, {})
    if (Date.now() > deadline) {
      const { reasons } = await api.get<{ reasons: { message: string }[] }>(`/mass-emails/${id}/why`)
      throw new Error(`The mass email is ${status} after two minutes. ${reasons.map(({ message }) => message).join(' ')}`)
    }
    await wait(200)
  }
}

/** What a marketer does next: a list of those who clicked, and a second letter to them, ready to be looked at. */
export async function prepareFollowUp(api: Api, { campaignId, emailTemplateId }: Sent): Promise<void> {
  const { id } = await api.post<Made>(`/campaigns/${campaignId}/log/target-list`, { name: 'Clicked the autumn list', including: ['clicked'] })
  await api.post('/mass-emails', { campaignId, name: 'A signed copy for you', emailTemplateId, targetListIds: [id] })
}
