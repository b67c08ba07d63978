/** Which placeholders of a mail leave nothing behind for whom: asked of the whole audience in one statement. */
import { type RawBuilder, sql } from 'kysely'
import type { Questions } from '../audience/funnel.ts'
import type { MailableType } from '../audience/mailable.ts'
import type { CompiledMail } from '../content/compile.ts'
import { currentVocabulary } from '../content/merge-values.ts'
import { anyPerson, knowsPath } from '../content/vocabulary.ts'
import { definitionOf } from '../records/entity-types.ts'
import { listableOf } from '../records/record-list.ts'

/** A placeholder of the recipient that has no fallback. */
export type Gap = { code: string; entityType: string; path: string }

export function gapsOf({ subject, html, text }: CompiledMail): Gap[] {
  const gaps = new Map<string, Gap>()
  for (const { meaning, code, fallback } of [subject, html, text].flatMap((template) => template?.slots ?? [])) {
    if (meaning.kind === 'record' && fallback === '') gaps.set(code, { code, entityType: meaning.entityType, path: meaning.path })
  }
  return [...gaps.values()]
}

/** For a record of this type: is each gap's value empty? One of another type has none. */
export function emptyQuestions(type: MailableType, gaps: readonly Gap[]): Questions {
  const listable = listableOf(definitionOf(type.name))
  return { from: listable.from, conditions: gaps.map((gap) => isEmpty(type, gap, (name) => listable.columns[name]?.sql)) }
}

function isEmpty(type: MailableType, { entityType, path }: Gap, columnNamed: (name: string) => RawBuilder<unknown> | undefined): RawBuilder<unknown> {
  const vocabulary = currentVocabulary()
  const isMeant = entityType === type.name || (entityType === anyPerson && type.baseType === 'person')
  if (!isMeant || !knowsPath(vocabulary, vocabulary.get(type.name)!, path)) return sql`true`
  // A link by itself shows the name of what it leads to.
  const column = columnNamed(`${path}Name`) ?? columnNamed(path)
  return column ? sql`coalesce((${column})::text, '') = ''` : sql`true`
}
