/** Campaigns that were sent, and readers who clicked, for scenarios that ask what people did. Through the API: how it is done in the browser is told elsewhere. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Api } from '../../src/demo/api.ts'
import { reader } from './steps.ts'

type Made = { id: string; code: string }

export async function listOf(api: Api, name: string, ids: string[]): Promise<string> {
  const { id } = await api.post<Made>('/target-lists', { name })
  await api.post(`/target-lists/${id}/members`, { entityType: 'Contact', ids })
  return id
}

/** Sent through the Sandbox, to its end. */
export async function sendCampaign(api: Api, name: string, targetListId: string): Promise<string> {
  await api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const { id: campaignId } = await api.post<Made>('/campaigns', { name, type: 'email', status: 'active', targetListIds: [targetListId] })
  const { code } = await api.post<Made>('/tracking-urls', { campaignId, name: 'Offer', action: 'redirect', url: 'https://shop.example/offer' })
  const { id: emailTemplateId } = await api.post<Made>('/email-templates', { name, subject: name, format: 'html', body: `<p><a href="${code}">Offer</a></p>` })
  const { id } = await api.post<Made>('/mass-emails', { campaignId, name, emailTemplateId, dateStart: new Date().toISOString() })
  await api.patch(`/mass-emails/${id}`, { status: 'pending' })
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  while ((await api.get<{ status: string }>(`/mass-emails/${id}`)).status !== 'complete') await wait(200)
  return campaignId
}

/** The tracked link of the mail with this subject, as a person follows it. */
export async function clickAs(api: Api, emailAddress: string, subject: string) {
  const { items } = await api.get<{ items: (Made & { subject: string })[] }>(`/sandbox/messages?q=${emailAddress}`)
  const { links } = await api.get<{ links: string[] }>(`/sandbox/messages/${items.find((mail) => mail.subject === subject)!.id}`)
  const link = links.find((each) => new URL(each).pathname.startsWith('/c/'))!
  expect((await fetch(link, { redirect: 'manual', headers: reader })).status).toBe(302)
}

export async function membersOf(api: Api, name: string): Promise<string[]> {
  const { items: [list] } = await api.get<{ items: Made[] }>(`/target-lists?q=${encodeURIComponent(name)}`)
  const { items } = await api.get<{ items: { record: { id: string } }[] }>(`/target-lists/${list!.id}/members?limit=200`)
  return items.map(({ record }) => record.id).toSorted()
}
