/** Rules for recipient domains: how much each may get. Kept here; the senders hold them. */
import { domainToASCII } from 'node:url'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { listPage } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, invalid, notFound, sqlState } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import { isId, newId } from '../platform/id.ts'
import type { DomainRule } from './contract.ts'

type Limits = { maxPerHour?: number | null | undefined; maxPerSecond?: number | null | undefined; connections?: number | null | undefined }
type Change = Limits & { domain?: string | undefined }

export async function createDomainRule(tx: Tx, actor: Actor, { domain, ...limits }: Limits & { domain: string }, now: Date): Promise<{ id: string; domain: string }> {
  const rule = { id: newId(), domain: storedDomain(domain), ...given(limits), createdAt: now, modifiedAt: now }
  expectLimit(rule)
  await expectUnique(rule.domain, () => tx.insertInto('domainRule').values(rule).execute())
  await audit(tx, actor, 'domainRuleAdded', { type: 'DomainRule', id: rule.id, name: rule.domain, detail: given(limits) })
  return rule
}

/** Answers the domains that the rule was and is for. */
export async function changeDomainRule(
  tx: Tx, actor: Actor, id: string, { domain, ...limits }: Change, now: Date, expectVersion: (version: number) => void,
): Promise<string[]> {
  const row = await lockDomainRule(tx, id)
  expectVersion(row.version)
  const after = { ...row, ...given(limits), ...(domain !== undefined && { domain: storedDomain(domain) }) }
  expectLimit(after)
  const { maxPerHour, maxPerSecond, connections } = after
  await expectUnique(after.domain, () => tx.updateTable('domainRule')
    .set({ domain: after.domain, maxPerHour, maxPerSecond, connections, modifiedAt: now, version: row.version + 1 }).where('id', '=', id).execute())
  await audit(tx, actor, 'domainRuleChanged', { type: 'DomainRule', id, name: after.domain, detail: given({ domain, ...limits }) })
  return [...new Set([row.domain, after.domain])]
}

/** Answers the domain, which has no limit any more. */
export async function removeDomainRule(tx: Tx, actor: Actor, id: string): Promise<string> {
  const { domain } = await lockDomainRule(tx, id)
  await tx.deleteFrom('domainRule').where('id', '=', id).execute()
  await audit(tx, actor, 'domainRuleRemoved', { type: 'DomainRule', id, name: domain })
  return domain
}

async function lockDomainRule(tx: Tx, id: string) {
  const row = isId(id) ? await tx.selectFrom('domainRule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('domain rule', id)
  return row
}

/** The part of an address after the @, in the form in which addresses are stored. */
function storedDomain(text: string): string {
  const domain = domainToASCII(text.trim().replace(/^@/, ''))
  if (!parseAddress(`someone@${domain}`).wellFormed) throw invalid([{ path: 'domain', message: 'This is not a domain. It looks like gmail.com.' }])
  return domain
}

function expectLimit({ maxPerHour, maxPerSecond, connections }: Limits): void {
  if (!maxPerHour && !maxPerSecond && !connections) throw invalid([{ path: 'maxPerHour', message: 'Give at least one limit: an hour, a second, or connections.' }])
}

/** The unique index decides: two people may add the same domain at once. */
async function expectUnique(domain: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    throw new AppError('conflict', 'domainRuleExists', `There is a rule for ${domain} already. Change that one.`)
  }
}

const rules: Listable = {
  from: sql`domain_rule r`,
  id: sql`r.id`,
  columns: {
    id: { type: 'link', sql: sql`r.id` },
    domain: { type: 'text', sql: sql`r.domain`, notNull: true },
    maxPerHour: { type: 'integer', sql: sql`r.max_per_hour` },
    maxPerSecond: { type: 'integer', sql: sql`r.max_per_second` },
    connections: { type: 'integer', sql: sql`r.connections` },
    createdAt: { type: 'dateTime', sql: sql`r.created_at` },
    modifiedAt: { type: 'dateTime', sql: sql`r.modified_at` },
    version: { type: 'integer', sql: sql`r.version` },
  },
  search: [sql`r.domain`],
  defaultSort: 'domain',
}

export const domainRulesPage = (db: Db, query: Partial<ListQuery>, context: ListContext) => listPage(db, rules, query, context)

export async function readDomainRule(db: Db, id: string, context: ListContext): Promise<DomainRule> {
  const { items } = isId(id) ? await listPage(db, { ...rules, where: sql<boolean>`r.id = ${id}` }, { limit: 1 }, context) : { items: [] }
  if (items.length === 0) throw notFound('domain rule', id)
  return items[0] as unknown as DomainRule
}
