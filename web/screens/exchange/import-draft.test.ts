/** What an import needs before it may run. */
import { expect, test } from 'vitest'
import { missingIn, newDraft, settingsOf } from './import-draft.ts'

const ready = { ...newDraft('Contact'), file: new File(['a'], 'a.csv'), mapping: { Mail: 'emailAddress' } }

test('an import that updates needs a column for the field it finds records by', () => {
  expect(missingIn({ ...ready, action: 'update', updateBy: 'emailAddress' })).toBeNull()
  expect(missingIn({ ...ready, action: 'update', updateBy: 'phoneNumber' })).toMatch(/found by a field/)
})

test('duplicates are a question of creating, the key one of updating', () => {
  expect(settingsOf(ready, true)).toEqual({ entityType: 'Contact', header: true, decimal: '.', mapping: { Mail: 'emailAddress' }, action: 'create', defaults: {}, dryRun: true, skipDuplicates: true })
  expect(settingsOf({ ...ready, action: 'update' }, false)).not.toHaveProperty('skipDuplicates')
})

test('how the preview was told to read the file is how the import reads it', () => {
  expect(settingsOf({ ...ready, reading: { header: false, delimiter: ';', decimal: '.' } }, true)).toMatchObject({ header: false, delimiter: ';' })
})
