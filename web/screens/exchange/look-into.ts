/** Asks the server what a file looks like: how it is written, its columns, and which fields they may be. */
import type { Preview, PreviewSettings } from '../../../src/exchange/contract.ts'
import { request } from '../../api/request.ts'

/** More than the server looks at of a text; a file of a gigabyte is not sent for a preview. */
const enoughBytes = 1024 * 1024

/** A spreadsheet is a ZIP, whose directory stands at its end: it is sent whole. */
const isZip = async (file: File) => (await file.slice(0, 2).text()) === 'PK'

export async function lookInto(file: File, settings: PreviewSettings): Promise<Preview> {
  const form = new FormData()
  form.append('settings', JSON.stringify(settings))
  form.append('file', (await isZip(file)) ? file : file.slice(0, enoughBytes), file.name)
  return request('POST', '/api/v1/imports/preview', { body: form })
}

/** The server's guesses as a mapping; columns that nobody can place are left out. */
export const guessedMapping = ({ columns }: Preview): Record<string, string> =>
  Object.fromEntries(columns.flatMap(({ name, field }) => (field ? [[name, field]] : [])))

/** What somebody chose stays when the file is read in another way and still has those columns. */
export function mappingAfter(before: { preview: Preview | null; mapping: Record<string, string> }, preview: Preview): Record<string, string> {
  const names = (of: Preview | null) => of?.columns.map(({ name }) => name).join('\n')
  return names(before.preview) === names(preview) ? before.mapping : guessedMapping(preview)
}
