/** A report's rows as a file in a mail: bounded, and said when it is cut or left out. */
import type { Actor } from '../access/actor.ts'
import { xlsxType } from '../exchange/as-file.ts'
import type { ListContext } from '../listing/listable.ts'
import type { MessageFile } from '../message/files.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { exportReport } from '../reports/export.ts'
import type { Report } from '../reports/contract.ts'

/** Many servers take no mail above ten million bytes; a file grows by a third on its way. */
export const mostBytes = 5_000_000

export type Attached = { file: MessageFile | null; note: string | null }

export async function attachmentOf(db: Db, actor: Actor, report: Report, kind: 'csv' | 'xlsx', context: ListContext, limit = mostBytes): Promise<Attached> {
  try {
    const { content, cut } = await upTo(limit, await exportReport(db, actor, report, kind, {}, context))
    // Part of a table as text is a table; part of a workbook is nothing.
    if (cut && kind === 'xlsx') return { file: null, note: `The file is larger than ${megabytes(limit)} and could not be attached. Open the report to download it.` }
    return { file: { fileName: fileNameOf(report.name, kind), contentType: contentTypes[kind], content }, note: cut ? `The attached file has the first rows only: the whole is larger than ${megabytes(limit)}. Open the report to download it.` : null }
  } catch (error) {
    if (error instanceof AppError && error.kind === 'forbidden') return { file: null, note: 'Your roles do not let you export, so no file is attached.' }
    throw error
  }
}

const contentTypes = { csv: 'text/csv', xlsx: xlsxType }

const megabytes = (bytes: number) => `${bytes / 1_000_000} MB`

const fileNameOf = (name: string, kind: string) => `${name.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim().slice(0, 80) || 'Report'}.${kind}`

/** Pieces end with whole lines, so what is kept does. */
async function upTo(limit: number, pieces: AsyncGenerator<string | Buffer>): Promise<{ content: Buffer; cut: boolean }> {
  const kept: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece as string)
    if (size + bytes.length > limit) return { content: Buffer.concat(kept), cut: true }
    kept.push(bytes)
    size += bytes.length
  }
  return { content: Buffer.concat(kept), cut: false }
}
