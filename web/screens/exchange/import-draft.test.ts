/** What an import needs before it may run. */
import { expect, test } from 'vitest'
import type { Preview } from '../../../src/exchange/contract.ts'
import { missingIn, newDraft, settingsOf } from './import-draft.ts'
import { mappingAfter } from './look-into.ts'

const ready = { ...newDraft('Contact'), file: new File(['a'], 'a.csv'), mapping: { Mail: 'emailAddress' } }

test('an import that updates needs a column for the field it finds records by', () => {
  expect(missingIn({ ...ready, action: 'update', updateBy: 'emailAddress' })).toBeNull()
  expect(missingIn({ ...ready, action: 'update', updateBy: 'phoneNumber' })).toMatch(/found by a field/)
})

test('duplicates are a question of creating, the key one of updating', () => {
  expect(settingsOf(ready, true)).toEqual({ entityType: 'Contact', header: true, decimal: '.', mapping: { Mail: 'emailAddress' }, action: 'create', defaults: {}, dryRun: true, missingLinks: 'reject', skipDuplicates: true, duplicatesBy: 'emailAddress' })
  expect(settingsOf({ ...ready, action: 'update' }, false)).not.toHaveProperty('skipDuplicates')
})

test('how the preview was told to read the file is how the import reads it', () => {
  expect(settingsOf({ ...ready, reading: { header: false, delimiter: ';', decimal: '.' } }, true)).toMatchObject({ header: false, delimiter: ';' })
})

test('a column of opt-outs from the list needs the list', () => {
  const draft = { ...ready, mapping: { Mail: 'emailAddress', Out: 'optedOutOfList' } }
  expect(missingIn(draft)).toMatch(/target list/)
  expect(missingIn({ ...draft, targetList: { id: '1', name: 'News' } })).toBeNull()
})

test('what somebody chose for the columns stays when the file is read in another way, as long as they are the same columns', () => {
  const preview = (...names: string[]) => ({ columns: names.map((name) => ({ name, samples: [], field: 'lastName' })) }) as unknown as Preview
  const before = { preview: preview('A', 'B'), mapping: { A: 'title' } }
  expect(mappingAfter(before, preview('A', 'B'))).toEqual({ A: 'title' })
  expect(mappingAfter(before, preview('A;B'))).toEqual({ 'A;B': 'lastName' })
})
