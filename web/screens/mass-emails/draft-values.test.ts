import { expect, test } from 'vitest'
import { type DraftValues, changedValues } from './draft-values.ts'

const draft: DraftValues = {
  name: 'Autumn offer', emailTemplateId: null, dateStart: null, startBy: null, accountId: null, sharedAccountIds: [], fromAddress: '', fromName: '', replyToAddress: '',
  replyToName: '', optOutEntirely: false, storeSentEmails: false, override: [], targetListIds: null, excludingTargetListIds: null,
}

test('only what was changed is saved, so that two people may work on different fields', () => {
  expect(changedValues(draft, { ...draft, fromName: 'Acme', targetListIds: ['a'] })).toEqual({ fromName: 'Acme', targetListIds: ['a'] })
})

test('going back to the lists of the campaign is a change', () => {
  expect(changedValues({ ...draft, targetListIds: ['a'] }, draft)).toEqual({ targetListIds: null })
})

test('a name that was emptied is not saved', () => {
  expect(changedValues(draft, { ...draft, name: ' ' })).toEqual({})
})
