/** The contacts of a real company, as four programs would export them: every row becomes what it should, and every fault has its reason. */
import { expect, test } from 'vitest'
import { contacts } from '../bench/input/contacts.ts'
import { dialects, fileOf, type Dialect } from '../bench/input/files.ts'
import { type TestApp, startApp } from './app.ts'

const mapping = {
  Salutation: 'salutation', 'First Name': 'firstName', 'Last Name': 'lastName', 'E-Mail': 'emailAddress',
  Phone: 'phoneNumber', Street: 'addressStreet', City: 'addressCity', Country: 'addressCountry', Notes: 'description',
}

test.each(dialects)('10,000 contacts arrive whole from $fileName, and what is wrong with them is told', async (dialect) => {
  await using app = await startApp()
  const { rows } = contacts(10_000)
  const kept = dialect.encoding === 'latin1' ? rows.filter(({ isLatin1 }) => isLatin1) : rows
  const torn = kept.filter(({ cells }) => cells.length > 10).length
  const malformed = kept.filter(({ cells }) => cells[4] !== '' && !/^[^@\s]+@[^@\s,]+$/.test(cells[4]!.replace('..', '@'))).length

  const result = await importFile(app, dialect, fileOf(rows, dialect))
  expect(result).toMatchObject({ created: kept.length - torn, rejected: torn, updated: 0 })
  expect(result['warnings']).toBe(malformed)

  for (const { cells } of [kept[5]!, kept[17]!, kept.at(-2)!]) {
    const filter = { field: 'phoneNumber', op: 'equals', value: cells[5] }
    if (cells[5] === '') continue
    const { body } = await app.api.get(`/contacts?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    expect(body.items).toMatchObject([{ firstName: cells[2], lastName: cells[3], addressCity: cells[7], description: cells[9] }])
  }
}, 60_000)

async function importFile(app: TestApp, { fileName }: Dialect, bytes: Buffer): Promise<Record<string, unknown>> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), fileName)
  form.append('settings', JSON.stringify({ entityType: 'Contact', mapping, action: 'create' }))
  const request = new Response(form)
  const payload = Buffer.from(await request.arrayBuffer())
  const started = await app.api.post('/imports', payload, { 'content-type': request.headers.get('content-type')! })
  expect(started.status).toBe(202)
  await app.settle()
  const { body: task } = await app.api.get(`/tasks/${started.body.task.id}`)
  expect(task).toMatchObject({ status: 'done', error: null })
  return task.result
}
