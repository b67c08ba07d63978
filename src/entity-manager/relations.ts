/** Relationships: made with what they need (a link, a table of pairs, or nothing where target lists are one end), and removed. */
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid, notFound } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { type EntityType, type Field, type Relationship, targetListEnd } from '../records/definition.ts'
import { entityTypes, findDefinition, relationships } from '../records/entity-types.ts'
import { type About, alone, type Author, publish } from './changing.ts'
import type { RelationshipInput } from './contract.ts'
import { addField, lastPosition } from './fields.ts'
import { faultOfFieldName, faultOfLabel, faultsOf, labelFrom, tableBase, wordsOf } from './names.ts'
import { createJoinTable, freeTable } from './storage.ts'
import { endNames, insertFields } from './types.ts'

type Sides = 'left' | 'right'

export const createRelationship = (db: Db, author: Author, given: RelationshipInput): Promise<Relationship> => alone(db, async () => {
  const faults = relationFaults(given)
  if (faults.length > 0) throw invalid(faults)
  const relationship: Relationship = {
    ...given, id: newId(author.now.getTime()), custom: true, joinTable: null,
    leftLabel: given.leftLabel ?? labelFrom(given.leftName), rightLabel: given.rightLabel ?? labelFrom(given.rightName),
  }
  const link = await addLink(db, relationship)
  const joinTable = isOfPairs(relationship) ? await freeTable(db, `${tableBase(given.left)}_${tableBase(given.right)}`.slice(0, 48)) : null
  await publish(db, author, about('relationshipCreated', `${sentence(relationship)} related`, relationship), async (tx) => {
    if (joinTable) await createJoinTable(tx, joinTable, findDefinition(given.left)!, findDefinition(given.right)!)
    if (link) await insertFields(tx, link.typeName, [link.field], await lastPosition(tx, link.typeName))
    await insertRelationship(tx, { ...relationship, joinTable }, author.now)
  })
  return { ...relationship, joinTable }
})

export async function insertRelationship(tx: Tx, { id, kind, left, right, leftName, rightName, leftLabel, rightLabel, joinTable }: Omit<Relationship, 'custom'>, madeAt: Date) {
  await tx.insertInto('relationship')
    .values({ id, kind, leftType: left, rightType: right, leftName, rightName, leftLabel, rightLabel, joinTable, madeAt }).execute()
}

const about = (action: About['action'], summary: string, { id, left, right }: Relationship) => ({ action, summary, type: 'Relationship', id, name: `${left} – ${right}` })
const sentence = ({ left, right }: Relationship) => `${left} and ${right}`

const isOfPairs = ({ kind, left, right }: Relationship) => kind === 'manyToMany' && left !== targetListEnd && right !== targetListEnd

/** Of many-to-one, the many hold the link. */
export const holderOf = ({ kind }: Pick<Relationship, 'kind'>): Sides | null => (kind === 'manyToOne' ? 'left' : kind === 'oneToMany' ? 'right' : null)

async function addLink(db: Db, relationship: Relationship): Promise<{ typeName: string; field: Field } | null> {
  const holder = holderOf(relationship)
  if (!holder) return null
  const [typeName, linksTo, name, label] = holder === 'left'
    ? [relationship.left, relationship.right, relationship.leftName, relationship.leftLabel]
    : [relationship.right, relationship.left, relationship.rightName, relationship.rightLabel]
  return { typeName, field: await addField(db, findDefinition(typeName)!, { name, label, type: 'link', linksTo, relationshipId: relationship.id }) }
}

function relationFaults(given: RelationshipInput): Fault[] {
  const { kind, left, right, leftName, rightName } = given
  const samePlace = left === right && leftName.toLowerCase() === rightName.toLowerCase()
  return [
    ...faultsOf({
      left: faultOfEnd(left, right, kind), right: faultOfEnd(right, left, kind),
      leftName: faultOfName(leftName, left, holderOf(given) === 'left'),
      rightName: faultOfName(rightName, right, holderOf(given) === 'right') ?? (samePlace ? 'must be another word than leftName: both stand at the same type' : null),
      leftLabel: given.leftLabel === undefined ? null : faultOfLabel(given.leftLabel),
      rightLabel: given.rightLabel === undefined ? null : faultOfLabel(given.rightLabel),
    }),
  ]
}

function faultOfEnd(name: string, other: string, kind: Relationship['kind']): string | null {
  const type = findDefinition(name)
  if (name !== targetListEnd && !type) return `must be one of ${[...entityTypes().map((each) => each.name), targetListEnd].join(', ')}`
  if (name === targetListEnd && other === targetListEnd) return 'can be at one end only'
  if (name === targetListEnd && kind !== 'manyToMany') return 'A record can be in many target lists, and a list has many records: kind must be manyToMany.'
  return other === targetListEnd ? faultOfMember(type!) : null
}

function faultOfMember({ name, baseType, mailable }: EntityType): string | null {
  if (baseType === 'base') return `${name} has the base type Base: its records have no email address, so they cannot be mailed. Make a type of base type Person or Company.`
  return mailable ? `${name} is related to target lists already.` : null
}

/** Words of relationships and of fields are one set: /doctors/ID/related/NAME, {Doctor.NAME}. */
function faultOfName(name: string, typeName: string, isLink: boolean): string | null {
  const fault = faultOfFieldName(name)
  if (fault !== null) return fault
  const taken = new Set([...wordsOf(findDefinition(typeName) ?? { fields: [] }), ...endNames(typeName)])
  const words = wordsOf({ fields: [{ name, label: name, type: isLink ? 'link' : 'text' }] })
  return [...words].some((word) => taken.has(word)) ? `is a field or relationship of ${typeName} already` : null
}

export const removeRelationship = (db: Db, author: Author, id: string): Promise<void> => alone(db, async () => {
  const relationship = relationships().find((each) => each.id === id)
  if (!relationship) throw notFound('relationship', id)
  if (!relationship.custom) throw new AppError('conflict', 'shippedRelationship', 'This relationship comes with the product and cannot be removed.')
  await publish(db, author, about('relationshipRemoved', `${sentence(relationship)} related no longer`, relationship), async (tx) => {
    const holder = holderOf(relationship)
    if (holder) await tx.deleteFrom('entityField').where('entityType', '=', relationship[holder]).where('name', '=', relationship[`${holder}Name`]).execute()
    await tx.deleteFrom('relationship').where('id', '=', id).execute()
  })
})
