/** What crosses the wire about imports. The file itself comes as multipart, which routes.ts reads. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf, taskAnswer } from '../platform/endpoint.ts'
import { Selection } from '../records/contract.ts'
import { delimiters } from './delimiter.ts'

export const importActions = ['create', 'createAndUpdate', 'update'] as const

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/** How a file is to be read. What is not said about its encoding and delimiter is guessed. */
const fileReading = {
  encoding: z.enum(encodings).optional(),
  delimiter: z.enum(delimiters).optional(),
  /** Whether the first row names the columns; else they are called "Column 1", "Column 2" and so on. */
  header: z.boolean().default(true),
  /** Of a spreadsheet: the sheet by its name; the first one by itself. */
  sheet: z.string().max(100).optional(),
  /** What 03/04/2030 means. Without it such a date is refused; ISO and German ones are always understood. */
  dateOrder: z.enum(['dayFirst', 'monthFirst']).optional(),
  /** What stands before the decimals of a number. */
  decimal: z.enum(['.', ',']).default('.'),
}

/** The part `settings` of a preview: JSON. */
export const PreviewSettings = z.strictObject({ entityType: z.string(), ...fileReading })
export type PreviewSettings = z.output<typeof PreviewSettings>
export type FileReading = Omit<PreviewSettings, 'entityType'>

/** The part `settings` of an import: JSON. */
export const ImportSettings = z.strictObject({
  entityType: z.string(),
  ...fileReading,
  /**
   * The file's column → the field on the wire (`emailAddress`, `accountId`), a link by its own name for records given by name (`account`),
   * or a "no" of the address, which is set by yes and never lifted: `optedOut`, `optedOutOfList` (of `targetListId`), `invalidAddress`.
   * An empty one leaves the column out.
   */
  mapping: z.record(z.string(), z.string().nullable()),
  action: z.enum(importActions).default('create'),
  /** The field by which a row finds its record; must be mapped. `id` finds by id. */
  updateBy: z.string().default('emailAddress'),
  /** Values for new records where the file has none. */
  defaults: z.record(z.string(), z.unknown()).default({}),
  /** New, changed and already existing records of the file join this list. */
  targetListId: z.string().nullish(),
  /** A row whose address (or other key) the file or the table has already becomes no record. */
  skipDuplicates: z.boolean().default(false),
  /** What makes a duplicate: a field that is mapped. */
  duplicatesBy: z.string().default('emailAddress'),
  /** What becomes of a row whose related record, given by name, does not exist: it is rejected, comes in without the link and with a warning, or makes the record. */
  missingLinks: z.enum(['reject', 'leaveEmpty', 'create']).default('reject'),
  /** Counts and lists what would happen; writes no record. */
  dryRun: z.boolean().default(false),
})
export type ImportSettings = z.output<typeof ImportSettings>

export const importStatuses = ['queued', 'running', 'done', 'failed', 'canceled', 'reverted'] as const
export const rowOutcomes = ['created', 'updated', 'duplicate', 'rejected', 'warning'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

export const Import = z.object({
  id: z.string(), entityType: z.string(), fileName: z.string(), status: z.enum(importStatuses), taskId: z.string().nullable(),
  created: z.number(), updated: z.number(), duplicates: z.number(), rejected: z.number(), warnings: z.number(),
  /** After a revert: of what its rows created, taken back, and kept because it was changed since or may not be deleted. */
  reverted: z.number(), kept: z.number(),
  dryRun: z.boolean(), settings: z.record(z.string(), z.unknown()), header: z.array(z.string()),
  createdAt: z.string(), createdById: z.string().nullable(), createdByName: z.string().nullable(), endedAt: z.string().nullable(),
  version: z.number(),
})
export type Import = z.output<typeof Import>

export const ImportRow = z.object({
  id: z.string(), line: z.number(), outcome: z.enum(rowOutcomes), recordId: z.string().nullable(), reason: z.string(),
  cells: z.array(z.string()).nullable(),
})
export type ImportRow = z.output<typeof ImportRow>

/** The answer of `POST /api/v1/imports/preview`: what was found out about the file, and what its columns may mean. */
export const Preview = z.object({
  fileName: z.string(),
  kind: z.enum(['csv', 'xlsx']),
  /** Of a text file. */
  encoding: z.enum(encodings).nullable(),
  delimiter: z.enum(delimiters).nullable(),
  /** Of a spreadsheet: the one that was read, and all of them. */
  sheet: z.string().nullable(),
  sheets: z.array(z.string()),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()), field: z.string().nullable() })),
  rows: z.array(z.array(z.string())),
})
export type Preview = z.output<typeof Preview>

/** The body of `POST /api/v1/:slug/export.csv`: the same as the query of GET, for records that were chosen one by one; an address holds few of their ids. */
export const ExportRequest = z.strictObject({ selection: Selection, fields: listQuery.shape.fields, sort: listQuery.shape.sort })

export const startImportAnswer = taskAnswer

export const listImports = endpoint('GET /api/v1/imports', {
  allow: 'may:import', summary: 'Imports, newest first', query: listQuery, result: pageOf(Import.partial()),
})
export const readImport = endpoint('GET /api/v1/imports/:id', {
  allow: 'may:import', summary: 'One import and its counts', params: byId, result: Import,
})
export const listImportRows = endpoint('GET /api/v1/imports/:id/rows', {
  allow: 'may:import', summary: 'What became of the rows of an import', params: byId,
  query: listQuery.extend({ outcome: z.enum(rowOutcomes).optional() }), result: pageOf(ImportRow.partial()),
})
export const revertImport = endpoint('POST /api/v1/imports/:id/revert', {
  allow: 'may:import', summary: 'Delete the records that an import created, but for those that were changed since or may not be deleted', params: byId,
  result: z.union([taskAnswer, z.object({
    reverted: z.number(), kept: z.number(),
    /** Records that it made for names of links: gone where nobody else uses them and nobody changed them. */
    linked: z.object({ reverted: z.number(), used: z.number(), changed: z.number(), notAllowed: z.number() }).optional(),
  })]),
})
