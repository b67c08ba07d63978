/** Networks as CIDR, and which addresses are not of the public internet (IANA special-purpose registries, RFC 6890). Pure. */
import { BlockList, isIP } from 'node:net'

const special = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16',
  '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  // What stands for an IPv4 address inside (mapped, NAT64, 6to4, Teredo) could be a private one.
  '::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8',
]

/** Null for what is no network: `10.0.0.0/8`, `fd00::/8`, or a single address. */
export function parseNetwork(text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [, address = '', prefix] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const version = isIP(address)
  if (version === 0) return null
  const longest = version === 4 ? 32 : 128
  const length = prefix === undefined ? longest : Number(prefix)
  return length <= longest ? { address, prefix: length, family: version === 4 ? 'ipv4' : 'ipv6' } : null
}

export function networkList(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const text of networks) {
    const network = parseNetwork(text)
    if (network) list.addSubnet(network.address, network.prefix, network.family)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

const isSpecial = networkList(special)

/** An IPv4 address in IPv6 clothes is what it stands for. */
export const plainAddress = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.replace(/%.*$/, '')

/** What is no address is not public either. */
export const isPublic = (address: string): boolean => isIP(plainAddress(address)) !== 0 && !isSpecial(plainAddress(address))
