/** The links of a mail, for the inbox: each once, in the order in which a reader meets them. Pure. */

const anchors = /<a\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi
const target = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i
const hidden = /\saria-hidden\s*=\s*["']?true/i
const addresses = /\bhttps?:\/\/[^\s<>"')\]]+/gi

/** Every href of the HTML part that a reader can meet (what is hidden from people is there for machines), then what only the text part has. */
export function linksIn(html: string, text: string): string[] {
  const visible = [...html.matchAll(anchors)].map(([, attributes]) => attributes!).filter((attributes) => !hidden.test(attributes))
  const ofHtml = visible.map((attributes) => {
    const [, double, single, bare] = target.exec(attributes) ?? []
    return unescapeAttribute(double ?? single ?? bare ?? '').trim()
  })
  const ofText = [...text.matchAll(addresses)].map(([address]) => address.replace(/[.,;:!?]+$/, ''))
  return [...new Set([...ofHtml, ...ofText])].filter((link) => link !== '' && !link.startsWith('#'))
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescapeAttribute = (text: string) =>
  text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (whole, name?: string, decimal?: string, hex?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
    if (code !== null) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
    return named[name!.toLowerCase()] ?? whole
  })
