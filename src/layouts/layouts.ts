/** Layouts: read with their defaults, chosen by an administrator, taken back to the default. Who shows them is the web's business. */
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db, Tx } from '../platform/db.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { fieldOf, keyOf, targetListEnd } from '../records/definition.ts'
import { definitionOf } from '../records/entity-types.ts'
import { choicesOf, defaultLayout, type LayoutType } from './choices.ts'
import { type Layout, type LayoutGroup, type LayoutKind, layoutKinds } from './contract.ts'
import { fittedTo, groupsFrom, type LayoutInput } from './layout.ts'

type Of = { entityType: string; kind: LayoutKind }
type Writing = { actor: Actor; now: Date; expectVersion(version: number): void }

export async function listLayouts(db: Db, entityType: string): Promise<Layout[]> {
  const type = typeOf(entityType)
  const rows = await db.selectFrom('layout').selectAll().where('entityType', '=', entityType).execute()
  return kindsOf(type).map((kind) => present(type, { entityType, kind }, rows.find((row) => row.kind === kind)))
}

export async function readLayout(db: Db, of: Of): Promise<Layout> {
  const type = expectKind(of)
  return present(type, of, await db.selectFrom('layout').selectAll().where('entityType', '=', of.entityType).where('kind', '=', of.kind).executeTakeFirst())
}

export async function changeLayout(tx: Tx, of: Of, body: LayoutInput, { actor, now, expectVersion }: Writing): Promise<void> {
  const type = expectKind(of)
  const { groups, faults } = groupsFrom(body, of.kind, choicesOf(type, of.kind), (given) => nameOnWire(type, given))
  if (faults.length > 0) throw invalid(faults)
  const version = await lockVersion(tx, of)
  expectVersion(version)
  const chosen = { groups: JSON.stringify(groups), version: version + 1, modifiedAt: now, modifiedBy: actor.userId }
  await tx.insertInto('layout').values({ ...of, ...chosen }).onConflict((row) => row.columns(['entityType', 'kind']).doUpdateSet(chosen)).execute()
  await audit(tx, actor, 'layoutChanged', { type: 'Layout', name: `${of.entityType} ${of.kind}`, detail: { groups } })
}

export async function resetLayout(tx: Tx, of: Of, { actor, expectVersion }: Omit<Writing, 'now'>): Promise<void> {
  expectKind(of)
  expectVersion(await lockVersion(tx, of))
  await tx.deleteFrom('layout').where('entityType', '=', of.entityType).where('kind', '=', of.kind).execute()
  await audit(tx, actor, 'layoutReset', { type: 'Layout', name: `${of.entityType} ${of.kind}` })
}

export const forgetLayouts = (tx: Tx, entityType: string) => tx.deleteFrom('layout').where('entityType', '=', entityType).execute()

/** 0 while there is only the default. */
async function lockVersion(tx: Tx, { entityType, kind }: Of): Promise<number> {
  const row = await tx.selectFrom('layout').select('version').where('entityType', '=', entityType).where('kind', '=', kind).forUpdate().executeTakeFirst()
  return row?.version ?? 0
}

const typeOf = (name: string): LayoutType => (name === targetListEnd ? name : definitionOf(name))
const kindsOf = (type: LayoutType): readonly LayoutKind[] => (type === targetListEnd ? ['bottomPanels'] : layoutKinds)

function expectKind({ entityType, kind }: Of): LayoutType {
  const type = typeOf(entityType)
  if (!kindsOf(type).includes(kind)) throw notFound(`layout ${kind} of`, entityType)
  return type
}

/** A link may be called `account` or `accountId`; kept and answered is the latter. */
function nameOnWire(type: LayoutType, given: string): string {
  const field = type === targetListEnd ? undefined : fieldOf(type, given)
  return field ? keyOf(field) : given
}

type Row = { groups: unknown; version: number; modifiedAt: Date }

function present(type: LayoutType, of: Of, row: Row | undefined): Layout {
  const choices = choicesOf(type, of.kind)
  const { groups, gone } = fittedTo(row ? row.groups as LayoutGroup[] : defaultLayout(type, of.kind), choices)
  return {
    ...of, items: groups.flatMap(({ items }) => items), groups: of.kind === 'detail' ? groups : null,
    isDefault: row === undefined, choices, gone, modifiedAt: row?.modifiedAt.toISOString() ?? null, version: row?.version ?? 0,
  }
}
