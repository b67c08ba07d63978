/** A mail as somebody would get it, before anything is sent: links lead where they would, and count nothing. */
import type { Actor } from '../access/actor.ts'
import type { Listable } from '../listing/listable.ts'
import type { RecipientLinks } from '../message/recipient-links.ts'
import type { Db } from '../platform/db.ts'
import { invalid, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { EntityType } from '../records/definition.ts'
import { definitionOf, findDefinition, mailableTypes } from '../records/entity-types.ts'
import { readableList } from '../records/record-list.ts'
import { publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { compileMail, type CompiledMail, type CompileOptions } from './compile.ts'
import type { Problem } from './problem.ts'
import { emptyPlaceholders, type FilledMail, fillMail, type Values } from './fill.ts'
import type { MailSource } from './mail-source.ts'
import { currentVocabulary, loadMergeValues, neededPaths } from './merge-values.ts'
import { type Locale, wordsAt } from './value-text.ts'
import { labelOf } from './vocabulary.ts'

/** Without an id: sample values instead of a record's. `viewer` stands in for the campaign's assigned user, and sees only what he may read. */
export type PreviewFor = { entityType?: string | undefined; id?: string | undefined; viewer: Actor; tracked?: TrackedLinks }
/** The links of a campaign, in place of those that the source names: what takes the place of each is said by its number. */
export type TrackedLinks = Required<Pick<CompileOptions, 'trackingNumber' | 'numberOfLink'>> & { urlOf(number: number): string }
export type Preview = FilledMail & { unresolved: string[]; problems: Problem[] }

export async function previewMail(db: Db, source: MailSource, { entityType, id, viewer, tracked }: PreviewFor, now: Date): Promise<Preview> {
  const type = typeNamed(entityType)
  const [general, { disableOptOutLink }, targets] = await Promise.all([readGeneral(db), readOutboundEmails(db), linkTargets(db, source)])
  const mail = compileMail(source, {
    vocabulary: currentVocabulary(), appendOptOut: !disableOptOutLink, tracked: false,
    trackingNumber: tracked?.trackingNumber ?? ((given) => targets.get(given.toLowerCase())?.number ?? null), numberOfLink: tracked?.numberOfLink,
  })
  const needed = neededPaths(mail, type)
  const person = {
    entityType: type.name, isPerson: type.baseType === 'person', language: general.language, pixel: false,
    record: id === undefined ? sampleValues(type, needed.record) : await valuesOf(db, readableList(type, viewer), type, id, needed.record, general),
    user: await valuesOf(db, readableList(definitionOf('User'), viewer), definitionOf('User'), viewer.userId, needed.user, general),
    words: wordsAt(now, general, general.postalAddress),
    links: { ...previewLinks(publicUrlOf(general), [...targets.values()]), ...(tracked && { clickUrl: tracked.urlOf }) },
  }
  return { ...fillMail(mail, person), unresolved: [...unknown(mail), ...emptyPlaceholders(mail, person)], problems: mail.problems }
}

const unknown = ({ problems }: CompiledMail): string[] => [...new Set(problems.map(({ placeholder }) => placeholder))]

function typeNamed(name: string | undefined): EntityType {
  const type = name === undefined ? mailableTypes()[0] : findDefinition(name)
  if (!type) throw invalid([{ path: 'entityType', message: `There is no entity type ${name}.` }])
  return type
}

async function valuesOf(db: Db, list: Listable, type: EntityType, id: string, paths: readonly string[], locale: Locale): Promise<Values> {
  // The id is asked for too: a record that is gone must be seen even if the mail uses nothing of it.
  const values = isId(id) ? (await loadMergeValues(db, type, [id], ['id', ...paths], locale, list)).get(id.toLowerCase()) : undefined
  if (!values) throw notFound(type.name.toLowerCase(), id)
  return values
}

/** The label in brackets, where a value would stand. */
const sampleValues = (type: EntityType, paths: readonly string[]): Values => new Map(paths.map((path) => [path, `[${labelOf(currentVocabulary(), type.name, path)}]`]))

type LinkTarget = { id: string; number: number; url: string }

/** The tracking URLs that the source names, of whatever campaign: a template belongs to none. */
async function linkTargets(db: Db, { subject, body, textBody }: MailSource): Promise<Map<string, LinkTarget>> {
  const ids = [...`${subject} ${body} ${textBody ?? ''}`.matchAll(/\{trackingUrl:([^{}|]+)/g)].map(([, id]) => id!).filter(isId)
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('trackingUrl').select(['id', 'number', 'url']).where('id', 'in', [...new Set(ids)]).where('deletedAt', 'is', null).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Links as in the mail, but without a token: nobody opts out by looking at a preview. A tracking URL shows its target. */
function previewLinks(publicUrl: string, targets: readonly LinkTarget[]): RecipientLinks {
  const urls = new Map(targets.map(({ number, url }) => [number, url]))
  return {
    optOutUrl: `${publicUrl}/u/preview`, preferencesUrl: `${publicUrl}/p/preview`, viewUrl: `${publicUrl}/v/preview`,
    openUrl: `${publicUrl}/o/preview.gif`, honeypotUrl: `${publicUrl}/h/preview`,
    clickUrl: (number) => urls.get(number) || `${publicUrl}/c/preview`,
  }
}
