/** What types, fields, slugs and labels may be called. Pure. A name that passes is safe in every place where names become code or SQL. */
import type { Fault } from '../platform/errors.ts'
import { type EntityType, keyOf, snakeCase } from '../records/definition.ts'

/** PostgreSQL cuts identifiers at 63 bytes; ours get a prefix, and endings for their indexes. */
const longestColumn = 40
const longestTable = 36

/** Words that references, placeholders and roles understand already, or will. */
const reservedTypes = new Set([
  'Person', 'Company', 'Base', 'Team', 'Role', 'TargetList', 'Campaign', 'MassEmail', 'EmailTemplate', 'TrackingUrl', 'Delivery', 'LogEntry', 'CampaignLog',
  'Suppression', 'OptOut', 'Report', 'Import', 'Task', 'Notice', 'Layout', 'Relationship', 'EntityType', 'OutboundAccount', 'TestGroup', 'Object',
])

/** Places of the API and the web that exist, or that the product means to use. */
const reservedSlugs = new Set([
  'api', 'assets', 'records', 'administration', 'sign-in', 'set-up', 'home', 'search', 'reports', 'roles', 'teams', 'layouts', 'relationships', 'files',
  'filters', 'saved-filters', 'views', 'webhooks', 'subscription-forms', 'forms', 'templates', 'lists', 'log', 'audit-log', 'bin', 'merge', 'duplicates',
  'backup', 'openapi', 'healthz', 'readyz', 'metrics', 'me', 'new', 'count', 'count-estimate', 'export', 'person', 'people', 'company', 'companies',
])

const reservedFields = new Set([
  'id', 'version', 'warnings', 'password', 'filter', 'sort', 'cursor', 'limit', 'fields', 'q', 'entitytype', 'emailkey', 'emailmalformed', 'teamids', 'r', 'and', 'or', 'not',
  ...Object.getOwnPropertyNames(Object.prototype).map((name) => name.toLowerCase()),
])

export function faultOfTypeName(name: string): string | null {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) return 'must be a word in PascalCase, letters and digits only, like Doctor or ServiceContract'
  if (tableBase(name).length > longestTable) return 'is too long'
  return reservedTypes.has(name) ? 'is a word of the product; choose another' : null
}

export function faultOfSlug(slug: string, taken: ReadonlySet<string>): string | null {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug)) return 'must be lower-case letters, digits and single hyphens, like doctors or service-contracts'
  if (slug.length < 2 || slug.length > 50) return 'must have between 2 and 50 characters'
  return reservedSlugs.has(slug) || taken.has(slug) ? 'is an address that the product uses already; choose another' : null
}

export function faultOfFieldName(name: string): string | null {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) return 'must be a word in camelCase, letters and digits only, like speciality or licenceNumber'
  if (snakeCase(name).length > longestColumn) return 'is too long'
  return reservedFields.has(name.toLowerCase()) ? 'is a word of the product; choose another' : null
}

/** Labels are shown as text wherever they stand; they may hold anything that can be seen. */
export function faultOfLabel(label: string): string | null {
  if (label.trim() === '') return 'must not be empty'
  if (label.length > 100) return 'must not be longer than 100 characters'
  return hasControls(label) ? 'must not contain control characters' : null
}

export const hasControls = (text: string): boolean => /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Cs}/u.test(text)

export const faultOfIcon = (icon: string): string | null => (/^[a-z0-9-]{1,40}$/.test(icon) ? null : 'must be the name of an icon, like stethoscope')
export const faultOfColor = (color: string): string | null =>
  (/^([a-z]{1,20}|#[0-9a-fA-F]{6})$/.test(color) ? null : 'must be a colour like teal or #1c7ed6')

/** Every word that a record of the type answers or understands, in lower case: fields, their names on the wire, and names of linked records. */
export const wordsOf = ({ fields }: Pick<EntityType, 'fields'>): Set<string> =>
  new Set(fields.flatMap((field) => [field.name, keyOf(field), ...(field.type === 'link' ? [`${field.name}Name`] : [])]).map((word) => word.toLowerCase()))

export const tableBase = (typeName: string): string => snakeCase(typeName).replace(/^_/, '')

/** `licenceNumber` → `Licence Number`. */
export const labelFrom = (name: string): string => {
  const words = name.replace(/(?<=[a-z0-9])[A-Z]/g, ' $&')
  return words[0]!.toUpperCase() + words.slice(1)
}

/** A fault for each word that is wrong. */
export const faultsOf = (checks: Record<string, string | null>): Fault[] =>
  Object.entries(checks).flatMap(([path, message]) => (message === null ? [] : [{ path, message }]))
