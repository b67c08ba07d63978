/** What crosses the wire about DKIM keys and the DNS records of the domains we send from. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

const recordState = z.enum(['ok', 'missing', 'wrong', 'unknown'])

export const DkimKey = z.object({
  id: z.string(),
  domain: z.string(),
  selector: z.string(),
  algorithm: z.enum(['rsa', 'ed25519']),
  /** `new`: waits until its record is seen in DNS, then signs by itself. `retired`: signs no more. */
  state: z.enum(['new', 'active', 'retired']),
  /** The TXT record, ready to copy: its name and its value. */
  recordName: z.string(),
  recordValue: z.string(),
  /** The value in strings of at most 255 characters, as a zone file takes it. */
  zoneFileValue: z.string(),
  /** What DNS was last seen to say; null before the first look. */
  recordState: recordState.nullable(),
  recordMessage: z.string().nullable(),
  checkedAt: z.string().nullable(),
  createdAt: z.string(),
  activatedAt: z.string().nullable(),
  retiredAt: z.string().nullable(),
  version: z.number(),
})
export type DkimKey = z.output<typeof DkimKey>

const RecordCheck = z.object({ state: recordState, record: z.string().nullable(), message: z.string(), advice: z.string() })

export const DomainCheck = z.object({ domain: z.string(), checkedAt: z.string(), spf: RecordCheck, dkim: RecordCheck, dmarc: RecordCheck })

export const listDkimKeys = endpoint('GET /api/v1/dkim-keys', {
  allow: 'administrator', summary: 'DKIM keys; the private half is never answered', query: listQuery, result: pageOf(DkimKey.partial()),
})
export const createDkimKey = endpoint('POST /api/v1/dkim-keys', {
  allow: 'administrator', summary: 'Make a key for a domain; beside an active one it takes over once its record is seen',
  body: z.strictObject({ domain: z.string().max(253), algorithm: DkimKey.shape.algorithm.default('rsa') }), status: 201, result: DkimKey,
})
export const getDkimKey = endpoint('GET /api/v1/dkim-keys/:id', { allow: 'administrator', summary: 'One key with its DNS record', params: byId, result: DkimKey })

export const checkDkimKey = endpoint('POST /api/v1/dkim-keys/:id/check', {
  allow: 'administrator', summary: 'Ask DNS for the record of a key now; a new key whose record is there becomes active', params: byId, status: 200, result: DkimKey,
})
export const activateDkimKey = endpoint('POST /api/v1/dkim-keys/:id/activate', {
  allow: 'administrator', summary: 'Sign with this key from now on; 409 dkimRecordNotSeen while DNS does not show its record, unless overridden',
  params: byId, body: z.strictObject({ override: z.boolean().default(false) }), status: 200, result: DkimKey,
})
export const removeDkimKey = endpoint('DELETE /api/v1/dkim-keys/:id', { allow: 'administrator', summary: 'Delete a key; an active one signs no more', params: byId })

export const checkSenderDomain = endpoint('POST /api/v1/sender-domains/:domain/check', {
  allow: 'administrator', summary: 'Ask DNS for SPF, DKIM and DMARC of a domain now', params: z.object({ domain: z.string().max(253) }), status: 200, result: DomainCheck,
})
