/** Words made comparable: lower case, without accents, and without the names in them, since mail for spam@blocked.example says nothing about spam. */
import { evidenceLength } from './limits.ts'

/** Latin accents only: Japanese and Korean letters are not taken apart. */
export const withoutAccents = (text: string): string =>
  text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').replace(/ı/g, 'i').replace(/ł/g, 'l').replace(/ø/g, 'o').replace(/ß/g, 'ss')

/** Letters that any person reads as one line; names become `@` (an address), `host` and `url`. */
export function plainWords(text: string): string {
  const short = text.slice(0, evidenceLength).toLowerCase()
  return withoutAccents(short)
    // RFC 3463 codes and the reply codes of long answers are repeated in front of each line: `550-5.1.1 The account 550-5.1.1 that …`.
    .replace(/(?<=\s)[45]\d\d[- ][45]\.\d{1,3}\.\d{1,3} +/g, ' ')
    .replace(/https?:\/\/[^\s<>"')]{1,500}/g, ' url ')
    .replace(/<?[^\s<>@:;,("'=（：，。]{1,128}@[^\s<>@:;,)"'\]（）：，。]{1,255}>?/g, ' @ ')
    .replace(/\b(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24}\b(?=[\s\])>:;,[]|\.?$)/g, (name) => (reasonWords.test(name) ? name : ' host '))
    .replace(/[`’‘]/g, "'")
    .replace(/[\s"“”*|>_]+/g, ' ')
    .replace(wrappers, ' ')
    .trim()
}

/** What a relay puts round any refusal, before it quotes it: IronPort calls each 550 an unknown address, qmail each refused RCPT a dislike. */
const wrappers = /5\.\d\.\d - (?:unknown address error|other mail system problem|bad destination host)(?= \d{3})|does not like recipient/g

/** Codes of Exchange are dotted words that look like a host. */
const reasonWords = /^(?:resolver|smtpsend|routing|smtp|storedrv|transport|submission|deliver|tenantattribution|authz|dns)\.|recipnotfound|notfound/
