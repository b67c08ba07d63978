/** Which value of which record stands after a merge: what is chosen by itself, what a person chose instead, and what is sent. */
import type { Field } from '../../api/entity-types.ts'
import type { RecordRow } from '../../api/records.ts'

/** Per field the id of the record whose value stands. */
export type Choices = Record<string, string>

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const same = (a: unknown, b: unknown) => (isEmpty(a) && isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b)

/** A "do not email" of anybody stays, so there is nothing to choose. */
const settledByRule = new Set(['doNotEmail'])

/** The fields in which the records differ. */
export const differing = (fields: Field[], records: RecordRow[]): Field[] =>
  fields.filter(({ name, readOnly }) => !readOnly && !settledByRule.has(name) && records.some((record) => !same(record[name], records[0]![name])))

/** As the server does it: the survivor's value, or where it has none the first other's. */
export function givenBy(field: Field, survivor: RecordRow, records: RecordRow[]): string {
  if (!isEmpty(survivor[field.name])) return survivor.id
  return records.find((record) => record.id !== survivor.id && !isEmpty(record[field.name]))?.id ?? survivor.id
}

/** Only what is another value than the one that would stand by itself. */
export function valuesToSend(fields: Field[], survivor: RecordRow, records: RecordRow[], choices: Choices): Record<string, unknown> {
  const valueOf = (field: Field, id: string) => records.find((record) => record.id === id)?.[field.name]
  const changed = fields.filter((field) => choices[field.name] && !same(valueOf(field, choices[field.name]!), valueOf(field, givenBy(field, survivor, records))))
  return Object.fromEntries(changed.map((field) => [field.name, valueOf(field, choices[field.name]!) ?? null]))
}

/** The oldest stays unless somebody says otherwise: most leads to it. */
export const oldest = (records: RecordRow[]): RecordRow =>
  records.reduce((first, record) => (String(record['createdAt']) < String(first['createdAt']) ? record : first))
