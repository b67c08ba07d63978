import { expect, test } from 'vitest'
import { type Facts, preflight, type TemplateFacts } from './preflight.ts'

const now = new Date('2030-01-01T12:00:00Z')
const template: TemplateFacts = { subject: 'Autumn', bytes: 40_000, problems: [], optOutInBody: true, imagesWithoutAlt: 0, plainHttpLinks: [] }
const facts: Facts = {
  dateStart: now, template, targetLists: 1, sender: { fromAddress: 'news@acme.example', sandbox: false, authentication: null },
  returnMailbox: { returnsTo: 'bounces@acme.example', readBy: { name: 'Bounces', emailAddress: 'bounces@acme.example', checkedAt: now, error: null }, idle: null }, campaignActive: true, informational: false,
  disableOptOutLink: false, publicUrl: 'https://mail.acme.example', postalAddress: '1 Main Street', jobActive: true, maxPerHour: 1000, listsInStep: [],
  audience: { included: 500, optedOut: 0, atLargeProviders: 0, empty: [] }, override: [], approval: null, now,
}
const levelOf = (code: string, change: Partial<Facts> = {}) => preflight({ ...facts, ...change }).checks.find((check) => check.code === code)?.level

test('with everything in order it is ready, and only what no network was asked about is unknown', () => {
  const { ready, checks } = preflight(facts)
  expect(ready).toBe(true)
  expect(checks.filter(({ level }) => level !== 'ok').map(({ code, level }) => [code, level])).toEqual([['fromNotAuthenticated', 'unknown']])
})

test.each([
  ['dateStartMissing', { dateStart: null }], ['templateMissing', { template: null }], ['targetListsMissing', { targetLists: 0 }],
  ['senderMissing', { sender: null }], ['senderMissing', { sender: { fromAddress: '', sandbox: true, authentication: null } }],
  ['placeholderUnknown', { template: { ...template, problems: ['{Person.frstName} is unknown.'] } }],
] as const)('%s blocks Pending, and nobody can override it', (code, change) => {
  const { ready, checks } = preflight({ ...facts, ...change, override: [code] })
  expect(ready).toBe(false)
  expect(checks.find((check) => check.code === code)?.level).toBe('error')
})

test('a missing opt-out link is an error only when none is added, and goes by name', () => {
  const without = { template: { ...template, optOutInBody: false } }
  expect(levelOf('optOutLinkMissing', without)).toBe('ok')
  expect(levelOf('optOutLinkMissing', { ...without, disableOptOutLink: true })).toBe('error')
  expect(levelOf('optOutLinkMissing', { ...without, disableOptOutLink: true, override: ['optOutLinkMissing'] })).toBe('warning')
  expect(levelOf('optOutLinkMissing', { ...without, disableOptOutLink: true, informational: true })).toBe(undefined)
})

test.each([
  ['https://mail.acme.example', 'ok'], ['http://localhost:8080', 'ok'], ['http://127.0.0.1:8080', 'ok'], ['http://[::1]:8080', 'ok'],
  ['http://mail.acme.example', 'error'], ['http://localhost.acme.example', 'error'], ['http://127.acme.example', 'error'],
])('the Public URL %s of a real account: %s', (publicUrl, level) => {
  expect(levelOf('publicUrlNotHttps', { publicUrl })).toBe(level)
  expect(levelOf('publicUrlNotHttps', { publicUrl, sender: { fromAddress: 'a@b.example', sandbox: true, authentication: null } })).toBe('ok')
})

test('what people should look at is a warning: subject, size, images, links, postal address, job, campaign, empty audience', () => {
  expect(levelOf('subjectMissing', { template: { ...template, subject: ' ' } })).toBe('warning')
  expect(levelOf('bodyTooLarge', { template: { ...template, bytes: 102 * 1024 + 1 } })).toBe('warning')
  expect(levelOf('imagesWithoutAlt', { template: { ...template, imagesWithoutAlt: 1 } })).toBe('warning')
  expect(levelOf('plainHttpLinks', { template: { ...template, plainHttpLinks: ['http://a.example'] } })).toBe('warning')
  expect(levelOf('postalAddressMissing', { postalAddress: '' })).toBe('warning')
  expect(levelOf('jobInactive', { jobActive: false })).toBe('warning')
  expect(levelOf('campaignNotActive', { campaignActive: false })).toBe('warning')
  expect(levelOf('audienceEmpty', { audience: { included: 0, optedOut: 0, atLargeProviders: 0, empty: [] } })).toBe('warning')
})

test.each([
  [1000, 1000, 'All fit into one portion of 1000 an hour.'], [1001, 1000, 'about 1 hour after'], [250, 100, 'about 2 hours after'], [9, null, 'no limit'],
])('%i people at %s an hour: %s', (included, maxPerHour, words) => {
  const { checks } = preflight({ ...facts, maxPerHour, audience: { included, optedOut: 0, atLargeProviders: 0, empty: [] } })
  expect(checks.find(({ code }) => code === 'portion')?.message).toContain(words)
})

test('bounces that nobody reads are a warning, and so is a mailbox that cannot be read', () => {
  expect(levelOf('bounceMailbox')).toBe('ok')
  expect(levelOf('bounceMailbox', { returnMailbox: { returnsTo: 'news@acme.example', readBy: null, idle: null } })).toBe('warning')
  expect(levelOf('bounceMailbox', { returnMailbox: { returnsTo: 'news@acme.example', readBy: { name: 'News', emailAddress: 'news@acme.example', checkedAt: now, error: 'ECONNREFUSED' }, idle: null } })).toBe('warning')
})

test('a list that is not in step with its reports is named before anything is Pending; without such lists nothing is said', () => {
  const listsInStep = [{ name: 'Berliners', error: null }, { name: 'Never', error: '3 of 4 members would leave at once.' }]
  expect([levelOf('listsNotInStep'), levelOf('listsNotInStep', { listsInStep: listsInStep.slice(0, 1) }), levelOf('listsNotInStep', { listsInStep })]).toEqual([undefined, 'ok', 'warning'])
  expect(preflight({ ...facts, listsInStep }).checks.find(({ code }) => code === 'listsNotInStep')!.message).toBe('“Never” is not in step with its reports: 3 of 4 members would leave at once.')
})
