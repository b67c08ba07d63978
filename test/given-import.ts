/** Imports by API as tests make them: an upload, run to its end. */
import { expect } from 'vitest'
import type { TestApp } from './app.ts'

/** Uploads the file, lets the import run and answers its result. */
export async function imported(app: TestApp, file: string | Buffer, settings: Record<string, unknown>) {
  const { status, body, text } = await app.api.post('/imports', ...upload(file, { entityType: 'Contact', ...settings }))
  expect(status, text).toBe(202)
  await app.settle()
  const task = (await app.api.get(`/tasks/${body.task.id}`)).body
  expect(task.status, task.error).toBe('done')
  return task.result
}

/** A multipart body and its header: what `app.api.post('/imports', …)` takes. */
export function upload(file: string | Buffer | null, settings: unknown, { settingsFirst = false } = {}): [Buffer, Record<string, string>] {
  const boundary = 'a-boundary-of-a-test'
  const part = (head: string, content: string | Buffer) => Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')])
  const parts = [
    ...(file === null ? [] : [part('Content-Disposition: form-data; name="file"; filename="people.csv"\r\nContent-Type: text/csv', file)]),
    part('Content-Disposition: form-data; name="settings"', typeof settings === 'string' ? settings : JSON.stringify(settings)),
  ]
  const body = Buffer.concat([...(settingsFirst ? parts.toReversed() : parts), Buffer.from(`--${boundary}--\r\n`)])
  return [body, { 'content-type': `multipart/form-data; boundary=${boundary}` }]
}
