/** Addresses as people write them. */
import { domainToASCII } from 'node:url'
import { expect, test } from 'vitest'
import { displayAddress } from './address.ts'

test.each(['bücher.example', '日本語.例え.jp', 'почта.рф', 'ελλάδα.gr', 'straße.example', 'मेल.भारत', 'شركة.مصر', 'münchen-süd.de', 'a.ñandú.es', '😀.example'])('%s comes back from what is stored', (domain) => {
  expect(displayAddress(`anna@${domainToASCII(domain)}`)).toBe(`anna@${domain}`)
})

test('what is no A-label stays as it is, and only the domain is looked at', () => {
  expect(displayAddress('anna@xn--!!!.example')).toBe('anna@xn--!!!.example')
  expect(displayAddress('xn--bcher-kva@acme.example')).toBe('xn--bcher-kva@acme.example')
  expect(displayAddress('')).toBe('')
})
