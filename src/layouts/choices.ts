/** What a layout of an entity type may show, and what it shows while nobody has chosen. Made from the definitions; nothing is stored here. */
import { type EntityType, type Field, keyOf, targetListEnd } from '../records/definition.ts'
import { entityTypes, relationships } from '../records/entity-types.ts'
import { shippedTypes } from '../records/shipped.ts'
import type { LayoutGroup, LayoutKind } from './contract.ts'

/** `entityType`: of whose records a bottom panel is. */
export type Choice = { name: string; label: string; required: boolean; entityType: string | null }

/** Target lists are no entity type, but have panels, one for each mailable type. */
export type LayoutType = EntityType | typeof targetListEnd

/** Membership can be filtered by where there are target lists; it is no field. */
const membership: Choice = { name: 'targetList', label: 'Target list', required: false, entityType: null }

export function choicesOf(type: LayoutType, kind: LayoutKind): Choice[] {
  if (type === targetListEnd) return kind === 'bottomPanels' ? panelsOf(targetListEnd) : []
  switch (kind) {
    case 'list': return type.fields.map(fieldChoice)
    case 'detail': return type.fields.filter((field) => !isComputedName(field)).map((field) => ({ ...fieldChoice(field), required: mustBeFilledIn(field) }))
    case 'filters': return [...type.fields.filter((field) => field.type !== 'longText').map(fieldChoice), ...(type.mailable ? [membership] : [])]
    case 'bottomPanels': return panelsOf(type.name)
  }
}

export function defaultLayout(type: LayoutType, kind: LayoutKind): LayoutGroup[] {
  if (type === targetListEnd) return [{ title: '', items: panelsOf(type).filter(({ entityType }) => isShipped(entityType)).map(({ name }) => name) }]
  if (kind === 'detail') return detailGroups(type)
  return [{ title: '', items: kind === 'list' ? usualColumns(type) : choicesOf(type, kind).map(({ name }) => name) }]
}

const choice = (name: string, label: string, entityType: string | null = null): Choice => ({ name, label, required: false, entityType })
const fieldChoice = (field: Field): Choice => choice(keyOf(field), field.label)

/** The name of a person is made from its parts: the page's title, not a field of the form. */
const isComputedName = ({ name, readOnly }: Field) => name === 'name' && readOnly === true

/** Without it no record could be made by the form. */
const mustBeFilledIn = ({ required, readOnly, default: given }: Field) => required === true && !readOnly && given === undefined

/** The ends of relationships at which there are many: those of target lists are not a record's panel, since its lists stand beside its fields anyway. */
function panelsOf(name: string): Choice[] {
  const known = (other: string) => entityTypes().some((type) => type.name === other)
  return relationships().flatMap(({ kind, left, right, leftName, rightName, leftLabel, rightLabel }) => [
    ...(left === name && kind !== 'manyToOne' && known(right) ? [choice(leftName, leftLabel, right)] : []),
    ...(right === name && kind !== 'oneToMany' && known(left) ? [choice(rightName, rightLabel, left)] : []),
  ])
}

/** A custom type gets its panel in target lists when an administrator says so. */
const isShipped = (name: string | null) => shippedTypes.some((type) => type.name === name)

const shippedNames = new Set(shippedTypes.flatMap(({ fields }) => fields.map(({ name }) => name)))
const wanted = ['userName', 'type', 'title', 'account', 'status', 'accountName', 'industry', 'addressCity', 'billingAddressCity']
const mostColumns = 6

/** Whom it is about, what a company added of its own, then what most people look for. */
function usualColumns({ fields }: EntityType): string[] {
  const own = fields.filter(({ name, type }) => !shippedNames.has(name) && type !== 'longText')
  const usual = wanted.flatMap((name) => fields.filter((field) => field.name === name))
  const about = fields.filter(({ name }) => name === 'name' || name === 'emailAddress')
  return [...[...about, ...own, ...usual].slice(0, mostColumns - 1).map(keyOf), 'createdAt']
}

/** What people fill in first, then the address, then the rest: the order of the definition inside each. */
function detailGroups({ fields }: EntityType): LayoutGroup[] {
  const shown = fields.filter(({ readOnly }) => !readOnly)
  const isAddress = ({ name }: Field) => /^(billingA|a)ddress[A-Z]/.test(name)
  const isOrganisational = ({ name, type }: Field) => ['assignedUser', 'teams'].includes(name) || type === 'longText'
  return [
    { title: 'Details', items: shown.filter((field) => !isAddress(field) && !isOrganisational(field)).map(keyOf) },
    { title: 'Address', items: shown.filter(isAddress).map(keyOf) },
    { title: 'More', items: shown.filter(isOrganisational).map(keyOf) },
  ].filter(({ items }) => items.length > 0)
}
