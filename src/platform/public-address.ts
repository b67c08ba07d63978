/** Whether an IP address belongs to the public internet: neither to this machine nor to a private network. Pure. */
import { BlockList, isIP } from 'node:net'

/** RFC 1918, 1122, 3927, 6598, 5737, 2544; RFC 4193, 4291, 3849. */
const notPublic = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3],
] as const) notPublic.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [['::', 127], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8], ['2001:db8::', 32]] as const) notPublic.addSubnet(network, bits, 'ipv6')

export function isPublicAddress(ip: string): boolean {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  const version = isIP(plain)
  return version !== 0 && !notPublic.check(plain, version === 4 ? 'ipv4' : 'ipv6')
}
