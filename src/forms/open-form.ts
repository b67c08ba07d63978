/** A subscription form as visitors meet it: what it asks for, and whether one can subscribe. */
import type { Db } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import type { Field } from '../records/definition.ts'
import { definitionOf, refreshEntityTypes } from '../records/entity-types.ts'
import { languages, type Language } from '../response/texts.ts'
import type { FormChange, FormField } from './contract.ts'
import { formFieldsOf, labelOf } from './fields.ts'
import { consentTextOf, type FormList, type FormRow, listsOfForm } from './forms.ts'

export type AskedField = { field: Field; label: string; required: boolean }

export type OpenForm = {
  id: string
  key: string
  name: string
  title: string
  intro: string
  /** In the language of the page. */
  fieldsIn(language: Language): AskedField[]
  /** `topic`: the visitor chooses. */
  lists: FormList[]
  consentText: string
  textVersion: number
  /** `closed`: inactive, or without a list. `gone`: deleted. */
  state: 'open' | 'closed' | 'gone'
  /** Null: the visitor's. */
  language: Language | null
  row: FormRow
}

export async function readOpenForm(db: Db, key: string): Promise<OpenForm | null> {
  const row = await db.selectFrom('subscriptionForm').selectAll().where('key', '=', key).executeTakeFirst()
  return row ? openForm(db, row) : null
}

export async function readOpenFormById(db: Db, id: string): Promise<OpenForm | null> {
  const row = isId(id) ? await db.selectFrom('subscriptionForm').selectAll().where('id', '=', id).executeTakeFirst() : undefined
  return row ? openForm(db, row) : null
}

async function openForm(db: Db, row: FormRow): Promise<OpenForm> {
  await refreshEntityTypes(db)
  const [lists, consentText] = await Promise.all([listsOfForm(db, row.id), consentTextOf(db, row)])
  const state = row.deletedAt ? 'gone' : row.active && lists.length > 0 ? 'open' : 'closed'
  return { ...shownOf(row), id: row.id, key: row.key, lists, consentText, textVersion: row.textVersion, state, row }
}

/** What somebody is about to save, as it would look. */
export async function unsavedForm(db: Db, { name = '', title = '', intro = '', fields = [], language = '', consentText = '', targetListIds = [], topicIds = [] }: FormChange) {
  await refreshEntityTypes(db)
  const ids = [...targetListIds, ...topicIds].filter(isId)
  const rows = ids.length === 0 ? [] : await db.selectFrom('targetList').select(['id', 'name', 'description']).where('id', 'in', ids).where('deletedAt', 'is', null).execute()
  const lists = ids.flatMap((id) => rows.filter((row) => row.id === id).map((row) => ({ ...row, topic: !targetListIds.includes(id) })))
  return { ...shownOf({ name, title, intro, fields, language }), lists, consentText }
}

type Shown = { name: string; title: string; intro: string; fields: readonly { name: string; label?: string | undefined; required?: boolean | undefined }[]; language: string }

function shownOf({ name, title, intro, fields, language }: Shown) {
  const known = new Map(formFieldsOf(definitionOf('Lead')).map((field) => [field.name, field]))
  const spoken = languages.find((each) => each === language) ?? null
  return {
    name, title: title || name, intro, language: spoken,
    fieldsIn: (wanted: Language): AskedField[] => (fields as FormField[]).flatMap(({ name: fieldName, label, required }) => {
      const field = known.get(fieldName)
      // A field that was removed since is no longer asked for.
      return field ? [{ field, label: label || labelOf(field, wanted), required: required ?? false }] : []
    }),
  }
}
