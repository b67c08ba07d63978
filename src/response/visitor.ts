/** What is kept of whoever follows a link: as much of the address as the settings say, and a mark that recognises the same visitor again. Pure. */
import { createHmac } from 'node:crypto'

/** IPv4 without its last number, IPv6 without what follows the /48: names a network, not a person. */
export function storedIp(ip: string, keep: 'full' | 'anonymised' | 'no'): string {
  if (keep === 'full') return ip
  if (keep === 'no') return ''
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '')
  return plain.includes(':') ? `${groupsOf(plain).slice(0, 3).join(':')}::` : plain.replace(/\.\d+$/, '.0')
}

/** The groups before `::` as they are; what `::` stands for is zero. */
function groupsOf(ipv6: string): string[] {
  const [head = '', tail = ''] = ipv6.split('::')
  const [before, after] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)]
  return [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after]
}

/** Neither address nor agent can be read from it. */
export const visitorMark = (key: Buffer, { ip, userAgent }: { ip: string; userAgent: string }): string =>
  createHmac('sha256', key).update(`${ip}\n${userAgent}`).digest('hex').slice(0, 16)
