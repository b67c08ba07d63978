/** What crosses the wire about notices by mail. Everybody chooses for himself. */
import { z } from 'zod'
import { noticeKinds, noticeLevels } from '../notices/kinds.ts'
import { endpoint } from '../platform/endpoint.ts'
import { choices } from './plan.ts'

const choice = z.enum(choices)

export const NoticeMailChoices = z.object({
  /** Where they go; empty: nowhere. */
  emailAddress: z.string(),
  kinds: z.array(z.object({
    kind: z.enum(noticeKinds), title: z.string(),
    /** With which levels it comes; `trouble` means warning and error. */
    levels: z.array(z.enum(noticeLevels)),
    choice, usual: choice,
  })),
})
export type NoticeMailChoices = z.output<typeof NoticeMailChoices>

const path = '/api/v1/notice-mail'

export const getNoticeMail = endpoint(`GET ${path}`, { allow: 'signedIn', summary: 'Which notices are mailed to you', result: NoticeMailChoices })
export const changeNoticeMail = endpoint(`PATCH ${path}`, {
  allow: 'signedIn', summary: 'Choose which notices are mailed to you; null is what is usual',
  body: z.strictObject({ choices: z.strictObject(Object.fromEntries(noticeKinds.map((kind) => [kind, choice.nullable().optional()]))) }), result: NoticeMailChoices,
})
