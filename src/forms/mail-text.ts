/** What the confirmation mail says: the usual words, those of the form, or an email template. Nothing that a visitor typed stands in the first two. Pure. */
import { compileMail } from '../content/compile.ts'
import { type FilledMail, fillMail } from '../content/fill.ts'
import type { MailSource } from '../content/mail-source.ts'
import { wordsAt } from '../content/value-text.ts'
import type { Vocabulary } from '../content/vocabulary.ts'
import { escapeHtml } from '../platform/escape-html.ts'
import type { Language } from '../response/texts.ts'
import type { GeneralSettings } from '../settings/settings.ts'
import type { Given } from './fields.ts'
import { formTextsOf } from './texts.ts'

/** Where the link stands. */
export const confirmUrlMark = '{confirmUrl}'

export type MailWords = { mailSubject: string; mailBody: string; lifetimeHours: number }
export type Place = { language: Language; confirmUrl: string; general: GeneralSettings }

export function confirmationText({ mailSubject, mailBody, lifetimeHours }: MailWords, place: Place): FilledMail {
  const { language, confirmUrl, general: { companyName, postalAddress } } = place
  const texts = formTextsOf[language]
  const usual = [texts.mailIntro(companyName), confirmUrlMark, texts.mailLast(lifetimeHours), [companyName, postalAddress].filter(Boolean).join('\n')].filter(Boolean).join('\n\n')
  const words = (text: string) => text.replaceAll('{companyName}', companyName).replaceAll('{companyAddress}', postalAddress)
  const body = words(mailBody || usual)
  return { subject: words(mailSubject || texts.mailSubject(companyName)), text: body.replaceAll(confirmUrlMark, confirmUrl), html: htmlOf(body, language, confirmUrl) }
}

const frame = (language: Language, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body style="font:16px/1.5 sans-serif">${body}</body></html>`

function htmlOf(body: string, language: Language, confirmUrl: string): string {
  const link = linkOf(confirmUrl)
  const paragraphs = body.split(/\n{2,}/).map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br>').replaceAll(confirmUrlMark, link)}</p>`)
  return frame(language, paragraphs.join(''))
}

const linkOf = (url: string): string => `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`

/** `{confirmUrl}` is no placeholder of content, so it stays as it stands until here. A template that lost it gets the link at its end. */
export function templateText(source: MailSource, vocabulary: Vocabulary, given: Given, { language, confirmUrl, general }: Place, now: Date): FilledMail {
  const mail = compileMail(source, { vocabulary, whatIsGone: 'empty', appendOptOut: false, tracked: false, trackingNumber: () => null })
  const links = { optOutUrl: confirmUrl, preferencesUrl: confirmUrl, viewUrl: confirmUrl, openUrl: '', honeypotUrl: '', clickUrl: () => confirmUrl }
  const filled = fillMail(mail, {
    entityType: 'Lead', isPerson: true, record: new Map(Object.entries(given).filter(([, text]) => isHarmless(text))), user: new Map(),
    words: wordsAt(now, { ...general, language }, general.postalAddress), language, links, pixel: false,
  })
  const text = filled.text.includes(confirmUrlMark) ? filled.text : `${filled.text}\n\n${confirmUrlMark}\n`
  const html = filled.html === null || filled.html.includes(confirmUrlMark) ? filled.html : withEnd(filled.html, `<p>${linkOf(confirmUrl)}</p>`)
  return { subject: filled.subject, text: text.replaceAll(confirmUrlMark, confirmUrl), html: html && html.replaceAll(confirmUrlMark, escapeHtml(confirmUrl)) }
}

/** Strangers would have us send their advertisement to others as "first name": what is long or looks like an address stays out. */
const isHarmless = (text: string): boolean => text.length <= 60 && !/[:/@<>\p{Cc}]|www|\p{L}\.\p{L}{2}/iu.test(text)

function withEnd(html: string, end: string): string {
  const at = html.toLowerCase().lastIndexOf('</body>')
  return at < 0 ? html + end : html.slice(0, at) + end + html.slice(at)
}
