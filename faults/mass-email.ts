/** A mass email to many readers, made and set off by the API alone. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from '../src/demo/api.ts'
import { importContacts, type Made } from '../test/servers/sending.ts'
import { htmlOf, type Reader, readers, subjectOf, textOf } from './letter.ts'

/** Of a machine that has other things to do as well. */
const patienceMs = 120_000
const lookEveryMs = 200

export type MassEmail = { id: string; campaignId: string; targetListId: string; templateId: string; trackingUrlId: string; mark: string; readers: Reader[] }
type Options = { recipients: number; mark?: string; campaign?: object; massEmail?: object }

/** In Draft. `mark` tells its messages from those of others. */
export async function prepare(api: Api, { recipients, mark = 'one', campaign: more = {}, massEmail: moreOfIt = {} }: Options): Promise<MassEmail> {
  const people = readers(recipients, mark)
  const targetListId = await importContacts(api, ['firstName', 'lastName', 'emailAddress'], people.map(({ token, emailAddress }) => [token, 'Reader', emailAddress]))
  const campaign = await api.post<Made>('/campaigns', { name: `Letter ${mark}`, type: 'email', status: 'active', targetListIds: [targetListId], ...more })
  const link = await api.post<Made & { code: string }>('/tracking-urls', { campaignId: campaign.id, name: 'Offer', action: 'redirect', url: 'https://shop.example/offer' })
  const template = await api.post<Made>('/email-templates', {
    name: `Letter ${mark}`, subject: subjectOf(mark), body: htmlOf(link.code), textBody: textOf(link.code), format: 'html',
  })
  const massEmail = await api.post<Made>('/mass-emails', {
    campaignId: campaign.id, name: `Letter ${mark}`, emailTemplateId: template.id, dateStart: new Date().toISOString(), ...moreOfIt,
  })
  return { id: massEmail.id, campaignId: campaign.id, targetListId, templateId: template.id, trackingUrlId: link.id, mark, readers: people }
}

export async function start(api: Api, { id }: { id: string }): Promise<void> {
  await api.patch(`/mass-emails/${id}`, { status: 'pending' })
  await runJob(api)
}

export const runJob = (api: Api) => api.post('/scheduled-jobs/send-mass-emails/run', {})

/** Pending, and the job that starts it asked to run. */
export async function send(api: Api, options: Options): Promise<MassEmail> {
  const massEmail = await prepare(api, options)
  await start(api, massEmail)
  return massEmail
}

/** `meanwhile` is done again and again until then. */
export async function untilComplete(api: Api, { id }: { id: string }, meanwhile: () => Promise<unknown> = async () => {}): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (await statusOf(api, id) !== 'complete') {
    if (Date.now() > deadline) throw new Error(`It does not come to its end: ${JSON.stringify(await api.get(`/mass-emails/${id}/progress`))}`)
    await meanwhile()
    await wait(lookEveryMs)
  }
}

/** While the database is away, so is the API. */
const statusOf = async (api: Api, id: string): Promise<string> =>
  (await api.get<{ status: string }>(`/mass-emails/${id}`).catch(() => ({ status: 'unknown' }))).status
