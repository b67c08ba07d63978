/** What the tests with real servers have in common: everything up to a mass email that is under way, through the API alone. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Api } from '../../src/demo/api.ts'

export type Made = { id: string }
export type Delivery = { id: string; emailAddress: string; status: string; reason: string | null; attempts: number; messageId: string | null }
export type LogEntry = { action: string; emailAddress: string; detail: Record<string, unknown> }

/** Mail leaves through this server from now on, without a limit. */
export const sendThrough = (api: Api, port: number, more: object = {}) => api.patch('/settings/outbound-emails', {
  systemSmtp: { host: '127.0.0.1', port, security: 'none', username: '' }, fromAddress: 'letters@shop.example', fromName: 'The Shop', maxPerHour: null, ...more,
})

/** Contacts from a CSV file, all in one new target list. The columns are the names of the fields. */
export async function importContacts(api: Api, columns: string[], rows: string[][]): Promise<string> {
  const { id } = await api.post<Made>('/target-lists', { name: 'Everybody' })
  const text = [columns, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
  const mapping = Object.fromEntries(columns.map((column) => [column, column]))
  await api.upload('/imports', { name: 'contacts.csv', text }, { entityType: 'Contact', mapping, action: 'create', targetListId: id })
  return id
}

type Letter = { targetListId: string; subject: string; body: string; textBody?: string }

/** A campaign with one mass email that is Pending, and the job that starts it asked to run. */
export async function send(api: Api, letter: Letter): Promise<Made & { campaignId: string }> {
  const massEmail = await makePending(api, letter)
  await runSendMassEmails(api)
  return massEmail
}

export const runSendMassEmails = (api: Api) => api.post('/scheduled-jobs/send-mass-emails/run', {})

export async function makePending(api: Api, { targetListId, subject, body, textBody }: Letter): Promise<Made & { campaignId: string }> {
  const campaign = await api.post<Made>('/campaigns', { name: 'Letters', type: 'email', status: 'active', targetListIds: [targetListId] })
  const link = await api.post<Made & { code: string }>('/tracking-urls', { campaignId: campaign.id, name: 'Offer', action: 'redirect', url: 'https://shop.example/offer' })
  const template = await api.post<Made>('/email-templates', { name: 'Letter', subject, body: body.replace('{link}', link.code), format: 'html', ...(textBody && { textBody }) })
  const massEmail = await api.post<Made>('/mass-emails', { campaignId: campaign.id, name: 'Letter', emailTemplateId: template.id, dateStart: new Date().toISOString() })
  await api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  return { id: massEmail.id, campaignId: campaign.id }
}

export async function untilComplete(api: Api, massEmailId: string, withinMs = 90_000, pollMs = 100): Promise<void> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const { status } = await api.get<{ status: string }>(`/mass-emails/${massEmailId}`)
    if (status === 'complete') return
    if (Date.now() > deadline) throw new Error(`The mass email is ${status}: ${JSON.stringify(await api.get(`/mass-emails/${massEmailId}/why`))}`)
    await wait(pollMs)
  }
}

/** Every row of a list, page by page. */
export async function all<T>(api: Api, path: string): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: T[]; next: string | null } = await api.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    items.push(...page.items)
    cursor = page.next
  }
  return items
}
