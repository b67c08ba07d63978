/** Who is at the other end: a person or a machine. Pure. Time alone never tells; what cannot be told is a person. */

export type Visitor = { method: string; userAgent: string; purpose: string }

/** Fetch images when a person opens the mail; many lists of robots name them wrongly. */
const proxiesOfPeople = /GoogleImageProxy|YahooMailProxy/i

/** Robots call themselves so. A Cubot is a telephone. */
const robotWords = /(?<!cu)bot(?![a-z])|crawl|spider|slurp|scanner|urlscan|preview|prefetch|externalhit|monitoring|validator|link ?check|archiver/i

/** Security products that follow the links of every mail before a person sees it. */
const scanners = new RegExp([
  'Barracuda', 'Proofpoint', 'Mimecast', 'MessageLabs', 'Symantec', 'Forcepoint', 'Websense', 'TrendMicro', 'TMASE', 'Sophos', 'FireEye', 'Trellix',
  'IronPort', 'Zscaler', 'SafeLinks', 'Office Existence Discovery', 'VirusTotal', 'Cloudmark', 'Bitdefender', 'Kaspersky', 'Trustwave', 'Avanan',
  'Vade ?Secure', 'Netcraft', 'Censys', 'ZGrab', 'Expanse', 'Google-Safety', 'APIs-Google', 'WhatsApp', 'HubSpot',
].join('|'), 'i')

/** An HTTP library by itself proves nothing: mail programs and apps use them too. */
export function isMachine({ method, userAgent, purpose }: Visitor): boolean {
  if (proxiesOfPeople.test(userAgent)) return false
  return method === 'HEAD' || /prefetch|preview/i.test(purpose) || robotWords.test(userAgent) || scanners.test(userAgent)
}
