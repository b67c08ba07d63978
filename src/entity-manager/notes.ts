/** What a change of a field means for the records that are there, in sentences for a person. */
import type { Db } from '../platform/db.ts'
import type { EntityType, Field } from '../records/definition.ts'
import { needsNewColumn } from './conversion.ts'
import { countWhere, hasValue } from './field-data.ts'

export async function notesOf(db: Db, { table, plural }: EntityType, before: Field, after: Field): Promise<string[]> {
  const notes: string[] = []
  const [records, filled] = await Promise.all([countWhere(db, table), countWhere(db, table, hasValue(before))])
  if (after.required && !before.required && records > filled) {
    notes.push(`${records - filled} of ${records} ${plural} have no value. They stay as they are; the next person who changes the field has to give one.`)
  }
  if (needsNewColumn(before, after)) notes.push(`The values of ${filled} ${plural} are copied. Undoing brings the old values back, without what is changed until then.`)
  if (after.default !== undefined && JSON.stringify(after.default) !== JSON.stringify(before.default)) {
    notes.push('The default holds for new records. Those that are there keep what they have.')
  }
  return notes
}
