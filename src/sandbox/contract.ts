/** What crosses the wire about the Sandbox's inbox. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

const row = {
  id: z.string(),
  /** Header fields as people read them. */
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  /** Bytes. */
  size: z.number(),
  receivedAt: z.string(),
  /** MAIL FROM and RCPT TO; an empty sender is the null reverse-path of a bounce. */
  envelopeFrom: z.string(),
  envelopeTo: z.string(),
}
/** With `fields` only those and the id are answered. */
export const SandboxMessageRow = z.object(row).partial().required({ id: true })
export type SandboxMessageRow = z.output<typeof SandboxMessageRow>

export const SandboxMessage = z.object({
  ...row,
  /** The source as UTF-8 text; byte for byte it is at `/raw`. */
  raw: z.string(),
  html: z.string().nullable(),
  text: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  links: z.array(z.string()),
})
export type SandboxMessage = z.output<typeof SandboxMessage>

export const listSandboxMessages = endpoint('GET /api/v1/sandbox/messages', {
  allow: 'administrator', summary: 'Mail captured by the Sandbox, newest first', query: listQuery, result: pageOf(SandboxMessageRow),
})
export const getSandboxMessage = endpoint('GET /api/v1/sandbox/messages/:id', {
  allow: 'administrator', summary: 'A captured mail: source, HTML, text, headers, links', params: byId, result: SandboxMessage,
})
export const emptySandbox = endpoint('DELETE /api/v1/sandbox/messages', { allow: 'administrator', summary: 'Throw away all captured mail' })
