import { expect, test } from 'vitest'
import { addressKey, displayAddress, parseAddress } from './email-address.ts'

test('the domain is stored in lower case as an A-label, the local part as given', () => {
  expect(parseAddress('  Anna.Müller@BÜCHER.Example ')).toEqual({ address: 'Anna.Müller@xn--bcher-kva.example', wellFormed: true })
  expect(displayAddress('Anna.Müller@xn--bcher-kva.example')).toBe('Anna.Müller@bücher.example')
})

test('addresses compare wholly in lower case', () => {
  expect(addressKey('Anna@Shop.Example')).toBe('anna@shop.example')
})

test.each([
  'anna', 'anna@', '@shop.example', 'anna@shop', 'an na@shop.example', 'anna@@shop.example', 'anna@shop..example', '.anna@shop.example',
  'anna.@shop.example', 'an..na@shop.example', 'anna@-shop.example', 'anna@shop.example, ben@shop.example', 'Anna <anna@shop.example>',
  'anna@shop.example\r\nbcc: eve@evil.example', 'anna\u0000@shop.example', `${'a'.repeat(65)}@shop.example`, `anna@${'a.'.repeat(130)}example`, 'anna@127.0.0.1', 'anna@shop.example.',
])('%j is kept as given, trimmed, and known as malformed', (text) => {
  expect(parseAddress(text)).toEqual({ address: text.trim(), wellFormed: false })
})

test.each(["o'hara+news@shop.example", '用户@例子.广告', 'anna@xn--e1afmkfd.xn--p1ai', "!#$%&'*/=?^_`{|}~-@shop.example"])('%j is well formed', (text) => {
  expect(parseAddress(text).wellFormed).toBe(true)
})

test('no address is no fault', () => {
  expect(parseAddress('  ')).toEqual({ address: '', wellFormed: true })
})
