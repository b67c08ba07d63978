/** What a typed field becomes for the API. */
import { expect, test } from 'vitest'
import type { Field } from '../../api/entity-types.ts'
import { bodyOf, changesOf, draftOf } from './field-draft.ts'

test('a new field says what its kind has, and its name is guessed until one is typed', () => {
  const draft = { ...draftOf(), label: 'Licence number', unique: true, options: ['left over'] }
  expect(bodyOf(draft)).toEqual({ name: 'licenceNumber', label: 'Licence number', type: 'text', required: false, unique: true, maxLength: null, default: null })
  expect(bodyOf({ ...draft, typedName: 'licence', type: 'enum', options: ['A', 'B'] })).toEqual({ name: 'licence', label: 'Licence number', type: 'enum', required: false, options: ['A', 'B'], default: null })
})

test('a change says what differs and nothing else', () => {
  const field: Field = { name: 'speciality', label: 'Speciality', type: 'enum', required: false, unique: false, readOnly: false, default: null, maxLength: null, options: ['A'], entityType: null, custom: true, relationshipId: null }
  expect(changesOf(draftOf(field), field)).toEqual({})
  expect(changesOf({ ...draftOf(field), options: ['A', 'B'], label: 'Field of work' }, field)).toEqual({ options: ['A', 'B'], label: 'Field of work' })
})
