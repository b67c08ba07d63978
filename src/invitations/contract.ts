/** What crosses the wire about ways in by mail: invitations and forgotten passwords. */
import { z } from 'zod'
import { Session } from '../access/contract.ts'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

const password = z.string().min(8, 'A password needs at least 8 characters.').max(500)
const token = z.string().min(1).max(100)
const name = z.string().trim().max(255)

export const askForReset = endpoint('POST /api/v1/password-resets', {
  allow: 'public', summary: 'Forgot the password: mails a link where there is such a user; the answer is the same where there is none',
  body: z.strictObject({ userName: z.string().trim().min(1, 'Enter your user name or address.').max(320) }),
})
export const lookAtReset = endpoint('POST /api/v1/password-resets/look', {
  allow: 'public', summary: 'Whose password a link sets', body: z.strictObject({ token }), result: z.object({ userName: z.string() }),
})
export const resetPassword = endpoint('POST /api/v1/password-resets/use', {
  allow: 'public', summary: 'Set a new password by a link; every browser is signed out, a second factor stays', body: z.strictObject({ token, newPassword: password }),
})

export const Invitation = z.object({
  /** That of the invited user. */
  id: z.string(), emailAddress: z.string(), roleIds: z.array(z.string()), teamIds: z.array(z.string()), invitedByName: z.string(),
  sentAt: z.string(), expiresAt: z.string(),
  mailStatus: z.enum(['queued', 'sent', 'failed', 'uncertain']),
  /** What the server answered, or why it does not go out. */
  mailReply: z.string(),
})
export type Invitation = z.output<typeof Invitation>
/** The link stands here this once, and only while no mail leaves (Sandbox): where mail leaves, it proves who reads the mail of the address. */
const SentInvitation = Invitation.extend({ url: z.string().nullable() })

export const listInvitations = endpoint('GET /api/v1/invitations', { allow: 'userManager', summary: 'Invitations that nobody has accepted yet', query: listQuery, result: pageOf(Invitation.partial()) })
export const invite = endpoint('POST /api/v1/invitations', {
  allow: 'userManager', summary: 'Invite people by mail: all of them or none; the link holds for seven days', status: 201,
  body: z.strictObject({
    emailAddresses: z.array(z.string().max(320)).min(1, 'Enter at least one address.').max(50, 'Invite at most 50 people at once.'),
    roleIds: z.array(z.string()).max(100).default([]), teamIds: z.array(z.string()).max(100).default([]),
  }),
  result: z.object({ items: z.array(SentInvitation) }),
})
export const inviteUser = endpoint('POST /api/v1/invitations/:id/send', {
  allow: 'userManager', summary: 'Invite a user who has no password yet, or send an invitation again, with a new link', status: 201, params: byId, result: SentInvitation,
})
export const withdrawInvitation = endpoint('DELETE /api/v1/invitations/:id', {
  allow: 'userManager', summary: 'Withdraw an invitation; a user who was made for it and never came in is deleted', params: byId,
})

export const lookAtInvitation = endpoint('POST /api/v1/invitations/look', {
  allow: 'public', summary: 'Who is invited by a link', body: z.strictObject({ token }), result: z.object({ userName: z.string(), firstName: z.string(), lastName: z.string() }),
})
export const acceptInvitation = endpoint('POST /api/v1/invitations/accept', {
  allow: 'public', summary: 'Accept an invitation: name and password; signs in', status: 201,
  body: z.strictObject({ token, firstName: name, lastName: name, newPassword: password }), result: Session,
})
