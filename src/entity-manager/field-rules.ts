/** From what an administrator says about a field to its definition, with every fault at once. Pure; what stands in records is field-data.ts's. */
import type { Fault } from '../platform/errors.ts'
import type { FieldType } from '../listing/listable.ts'
import { type EntityType, type Field, keyOf } from '../records/definition.ts'
import { readField, ValueFault } from '../records/field-value.ts'
import type { FieldChange, FieldInput } from './contract.ts'
import { faultOfFieldName, faultOfLabel, faultsOf, hasControls, labelFrom, wordsOf } from './names.ts'

const longest: Partial<Record<FieldType, { usual: number; most: number }>> = {
  text: { usual: 255, most: 10_000 }, longText: { usual: 1_000_000, most: 1_000_000 }, email: { usual: 320, most: 320 },
  phone: { usual: 100, most: 1_000 }, url: { usual: 2_000, most: 10_000 },
}
const mayBeUnique = new Set<FieldType>(['text', 'email', 'phone', 'url', 'integer', 'decimal', 'date'])
const hasOptions = (type: FieldType) => type === 'enum' || type === 'multiEnum'
const isLink = (type: FieldType) => type === 'link' || type === 'linkMultiple'
const hasNoDefault = new Set<FieldType>(['link', 'linkMultiple', 'currency'])

/** More fields would make rows that PostgreSQL does not take (1,600 columns) long after people stopped finding anything. */
export const mostFields = 300
const mostOptions = 1_000
const longestOption = 200

export type ReadField = { field: Field; faults: Fault[] }

/** `linkTargets` are the names of types that a link may lead to, `ends` what relationships are called at the type. */
export function newField(given: FieldInput, type: Pick<EntityType, 'fields'>, linkTargets: readonly string[], ends: readonly string[] = []): ReadField {
  const field = withoutUndefined({
    name: given.name, type: given.type, label: given.label ?? labelFrom(given.name || '?'),
    required: given.required || undefined, unique: given.unique || undefined, default: defaultOf(given.default),
    maxLength: given.maxLength ?? longest[given.type]?.usual, options: given.options ?? undefined, linksTo: given.linksTo ?? undefined,
  }) as Field
  const faults = [
    ...faultsOf({ name: faultOfFieldName(given.name) ?? faultOfClash(field, type, ends) }),
    ...(type.fields.length >= mostFields ? [{ path: 'name', message: `An entity type has at most ${mostFields} fields.` }] : []),
    ...settingFaults(field, given, linkTargets),
  ]
  return { field, faults }
}

export function changedField(before: Field, change: FieldChange, linkTargets: readonly string[]): ReadField {
  const type = change.type ?? before.type
  const isOther = type !== before.type
  const field = withoutUndefined({
    ...before, type,
    label: change.label ?? before.label,
    required: (change.required ?? before.required) || undefined,
    unique: (change.unique ?? before.unique) || undefined,
    default: change.default === undefined ? before.default : defaultOf(change.default),
    maxLength: change.maxLength === undefined ? (isOther ? longest[type]?.usual : before.maxLength) : change.maxLength ?? longest[type]?.usual,
    options: change.options === undefined ? (isOther && !hasOptions(type) ? undefined : before.options) : change.options ?? undefined,
  }) as Field
  return { field, faults: settingFaults(field, change, linkTargets) }
}

function faultOfClash(field: Field, type: Pick<EntityType, 'fields'>, ends: readonly string[]): string | null {
  const taken = new Set([...wordsOf(type), ...ends])
  const clash = [...wordsOf({ fields: [field] })].find((word) => taken.has(word))
  if (clash === undefined) return null
  return clash === field.name.toLowerCase() ? 'is the name of another field or relationship of this type' : `would be called ${keyOf(field)}, as another field is`
}

function settingFaults(field: Field, given: FieldChange & Pick<FieldInput, 'linksTo'>, linkTargets: readonly string[]): Fault[] {
  const { type } = field
  const limit = longest[type]
  return [
    ...faultsOf({
      label: faultOfLabel(field.label),
      unique: field.unique && !mayBeUnique.has(type) ? `cannot be asked of a field of type ${type}` : null,
      maxLength: faultOfLength(given.maxLength ?? null, limit?.most, type),
      linksTo: faultOfTarget(field, given.linksTo ?? null, linkTargets),
      options: hasOptions(type) ? null : given.options ? `does not fit a field of type ${type}` : null,
    }),
    ...(hasOptions(type) ? optionFaults(field.options) : []),
    ...defaultFaults(field),
  ]
}

function faultOfLength(given: number | null, most: number | undefined, type: FieldType): string | null {
  if (given === null) return null
  if (most === undefined) return `does not fit a field of type ${type}`
  return Number.isInteger(given) && given >= 1 && given <= most ? null : `must be a whole number from 1 to ${most}`
}

function faultOfTarget({ type, linksTo }: Field, given: string | null, targets: readonly string[]): string | null {
  if (!isLink(type)) return given === null ? null : `does not fit a field of type ${type}`
  if (linksTo === undefined) return 'must name the entity type that it leads to'
  return targets.includes(linksTo) ? null : `must be one of ${targets.join(', ')}`
}

function optionFaults(options: readonly string[] | undefined): Fault[] {
  const path = 'options'
  if (!options?.length) return [{ path, message: 'must name at least one option' }]
  if (options.length > mostOptions) return [{ path, message: `must not be more than ${mostOptions}` }]
  const seen = new Set<string>()
  return options.flatMap((option, index) => {
    const twice = seen.has(option)
    seen.add(option)
    const at = `${path}.${index}`
    if (option.trim() === '') return [{ path: at, message: 'must not be empty' }]
    if (option.length > longestOption || hasControls(option)) return [{ path: at, message: `must be at most ${longestOption} characters that can be seen` }]
    return twice ? [{ path: at, message: `stands there twice: ${option}` }] : []
  })
}

function defaultFaults(field: Field): Fault[] {
  if (field.default === undefined) return []
  const path = 'default'
  if (hasNoDefault.has(field.type)) return [{ path, message: `A field of type ${field.type} has no default.` }]
  try {
    readField({ ...field, required: false }, field.default)
    return []
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error
    return [{ path, message: error.message }]
  }
}

/** `null` takes a default away. */
const defaultOf = (given: unknown): Field['default'] => (given === null || given === undefined ? undefined : (given as Field['default']))

const withoutUndefined = (value: object) => Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))

/** As it is stored: without its name, which is the key. */
export const storedField = (field: Field): string => JSON.stringify({ ...field, name: undefined, custom: undefined })
