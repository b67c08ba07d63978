/** What crosses the wire about pace: rules for recipient domains, and domains that suddenly know nobody. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

const limit = z.number().int().min(1).max(1_000_000_000).nullable()
const limits = { maxPerHour: limit, maxPerSecond: limit, /** At the same time. */ connections: limit }

export const DomainRule = z.object({
  id: z.string(),
  /** As in a stored address: lower case, an international name as A-labels. */
  domain: z.string(),
  ...limits,
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
export type DomainRule = z.output<typeof DomainRule>

const domain = z.string().trim().min(1, 'Enter a domain, such as gmail.com.').max(253)
const some = z.strictObject({ domain, ...limits }).partial()

export const listDomainRules = endpoint('GET /api/v1/domain-rules', {
  allow: 'some:Campaign', summary: 'How much recipient domains may get', query: listQuery, result: pageOf(DomainRule.partial()),
})
export const createDomainRule = endpoint('POST /api/v1/domain-rules', {
  allow: 'administrator', summary: 'Limit what a recipient domain gets', status: 201, body: some.required({ domain: true }), result: DomainRule,
})
export const getDomainRule = endpoint('GET /api/v1/domain-rules/:id', { allow: 'some:Campaign', summary: 'One domain rule', params: byId, result: DomainRule })
export const changeDomainRule = endpoint('PATCH /api/v1/domain-rules/:id', {
  allow: 'administrator', summary: 'Change a domain rule', params: byId, body: some, result: DomainRule,
})
export const removeDomainRule = endpoint('DELETE /api/v1/domain-rules/:id', { allow: 'administrator', summary: 'Remove a domain rule', params: byId })

export const DomainOutage = z.object({
  id: z.string(),
  domain: z.string(),
  beganAt: z.string(),
  /** Of so many mails in the hour before, so many addresses were called unknown. */
  taken: z.number(),
  unknown: z.number(),
  /** Addresses that wait for the decision. */
  held: z.number(),
  decision: z.enum(['confirmed', 'released']).nullable(),
  decidedAt: z.string().nullable(),
  decidedByName: z.string().nullable(),
})
export type DomainOutage = z.output<typeof DomainOutage>

export const listDomainOutages = endpoint('GET /api/v1/domain-outages', {
  allow: 'some:Campaign', summary: 'Domains that suddenly called many of their addresses unknown', query: listQuery, result: pageOf(DomainOutage.partial()),
})
const decide = (verb: string, summary: string) =>
  endpoint(`POST /api/v1/domain-outages/:id/${verb}`, { allow: 'administrator', summary, params: byId, result: DomainOutage })
export const confirmDomainOutage = decide('confirm', 'The addresses are really gone: they become invalid')
export const releaseDomainOutage = decide('release', 'It was the domain\'s fault: its addresses are good, and mail goes on')
