/** What crosses the wire about notices. Everybody sees only what was said to him. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { noticeKinds, noticeLevels } from './kinds.ts'

export const Notice = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  level: z.enum(noticeLevels),
  title: z.string(),
  text: z.string(),
  about: z.object({ type: z.string(), id: z.string(), name: z.string() }).nullable(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
  /** When the fault was over; null while it lasts, and of what is no fault. */
  overAt: z.string().nullable(),
})
export type Notice = z.output<typeof Notice>

/** Where what a notice is about can be seen, from the Site URL on. */
const addresses: Record<string, (id: string) => string> = {
  MassEmail: (id) => `/mass-emails/${id}`, TargetList: (id) => `/target-lists/${id}`, Report: (id) => `/reports/${id}`, Import: (id) => `/import/${id}`,
  GroupEmailAccount: (id) => `/administration/group-email-accounts/${id}`, OutboundAccount: (id) => `/administration/outbound-accounts/${id}`,
  DomainOutage: () => '/administration/domain-rules', SlowFilter: () => '/administration/slow-filters', ScheduledJob: (name) => `/administration/scheduled-jobs/${name}`,
}

/** Null where there is nothing to be seen. */
export const addressOf = (about: { type: string; id: string } | null): string | null => (about && addresses[about.type]?.(about.id)) ?? null

export const listNotices = endpoint('GET /api/v1/notices', {
  allow: 'signedIn', summary: 'Your notices, newest first; `unread` counts all of them', query: listQuery,
  result: pageOf(Notice.partial().required({ id: true })).extend({ unread: z.number() }),
})
export const readNotice = endpoint('POST /api/v1/notices/:id/read', { allow: 'signedIn', summary: 'You have read a notice', params: byId, result: Notice })
export const readAllNotices = endpoint('POST /api/v1/notices/read', {
  allow: 'signedIn', summary: 'You have read all your notices', result: z.object({ read: z.number() }),
})
