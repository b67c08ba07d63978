/** Which addresses of a provider are asked. Pure. Codes and secrets go there: it must be https, but for machines of one's own network. */
import { isIP } from 'node:net'
import { networkList, plainAddress } from '../platform/networks.ts'

/** What is wrong with an issuer, or with an address that its provider names; null when it may be asked. */
export function issuerFault(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'This must be an address like https://login.example.'
  if (url.username || url.password) return 'An issuer has no user name or password in its address.'
  return url.protocol === 'https:' || isOwnNetwork(url.hostname) ? null : 'Secrets are sent there: it must be an https address. http is only for machines of your own network.'
}

/** Private addresses (RFC 1918, 4193, loopback, link-local), and names that no public DNS has. */
function isOwnNetwork(hostname: string): boolean {
  const host = plainAddress(hostname.replace(/^\[|\]$/g, ''))
  if (isIP(host) !== 0) return isOwn(host)
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host)
}

const isOwn = networkList(['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '::1/128', 'fc00::/7', 'fe80::/10'])
