import { expect, test } from 'vitest'
import { isPublic, networkList, parseNetwork, plainAddress } from './networks.ts'

test('addresses of the internet are public; loopback, private, link-local and metadata addresses are not, in any clothes', () => {
  expect(['1.1.1.1', '172.32.0.1', '2606:4700::1111'].map(isPublic)).toEqual([true, true, true])
  const others = [
    '127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255',
    '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1', '::7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::', 'fe80::1', 'fe80::1%eth0', 'fd00::1', 'ff02::1', 'localhost', '',
  ]
  expect(others.filter(isPublic)).toEqual([])
})

test('a network is read as CIDR or as a single address, and what is none is named as none', () => {
  const isIn = networkList(['10.1.0.0/16', '192.168.7.7', 'fd00::/8'])
  expect(['10.1.255.1', '192.168.7.7', 'fd12::1'].map((address) => isIn(address))).toEqual([true, true, true])
  expect(['10.2.0.1', '192.168.7.8', 'fe80::1'].map((address) => isIn(address))).toEqual([false, false, false])
  expect(['10.0.0.0/33', 'example.com', '10.0.0.0/8/8', '', '::/129', '10.0.0/8'].map(parseNetwork)).toEqual(Array(6).fill(null))
  expect(plainAddress('::ffff:10.0.0.1')).toBe('10.0.0.1')
})
