/** Asks the server what a file looks like: how it is written, its columns, and which fields they may be. */
import type { Preview, PreviewSettings } from '../../../src/exchange/contract.ts'
import { request } from '../../api/request.ts'

/** More than the server looks at; a file of a gigabyte is not sent for a preview. */
const enoughBytes = 1024 * 1024

export function lookInto(file: File, settings: PreviewSettings): Promise<Preview> {
  const form = new FormData()
  form.append('settings', JSON.stringify(settings))
  form.append('file', file.slice(0, enoughBytes), file.name)
  return request('POST', '/api/v1/imports/preview', { body: form })
}

/** The server's guesses as a mapping; columns that nobody can place are left out. */
export const guessedMapping = ({ columns }: Preview): Record<string, string> =>
  Object.fromEntries(columns.flatMap(({ name, field }) => (field ? [[name, field]] : [])))
