/** As much of an IP address as the settings let be kept. Pure. */
import { plainAddress } from './networks.ts'

export type KeepIp = 'full' | 'anonymised' | 'no'

/** IPv4 without its last number, IPv6 without what follows the /48: names a network, not a person. */
export function storedIp(ip: string, keep: KeepIp): string {
  if (keep === 'full') return ip
  if (keep === 'no') return ''
  const plain = plainAddress(ip)
  return plain.includes(':') ? `${groupsOf(plain).slice(0, 3).join(':')}::` : plain.replace(/\.\d+$/, '.0')
}

/** The groups before `::` as they are; what `::` stands for is zero. */
function groupsOf(ipv6: string): string[] {
  const [head = '', tail = ''] = ipv6.split('::')
  const [before, after] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)]
  return [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after]
}
