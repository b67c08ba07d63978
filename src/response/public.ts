/** What all public pages share: reading the token, the reader's language, and the answers for links that do not work. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { logoUrlOf } from '../settings/images.ts'
import { readGeneral } from '../settings/settings.ts'
import { html, type Html, type Page, pageHeaders, pageHeadersLeadingTo, paragraphs, renderPage } from './page.ts'
import { type Language, languageOf, type Texts, textsOf } from './texts.ts'

/** The token as it stands in the address, in no other spelling: nothing may follow it but `suffix` and a query, which is ignored. */
export function tokenIn(request: FastifyRequest, prefix: string, suffix = ''): string | null {
  const [path = ''] = request.url.split('?')
  const token = path.slice(prefix.length, path.length - suffix.length)
  return path.startsWith(prefix) && path.endsWith(suffix) && /^[\w-]{1,64}$/.test(token) ? token : null
}

/** Whoever looks at the page: in which language, on whose behalf. */
export type Reader = { language: Language; texts: Texts; companyName: string; logoUrl: string | null; storeIp: 'full' | 'anonymised' | 'no' }

/** `only`: the page is written in this language, whoever reads it. */
export async function readerOf(db: Db, request: FastifyRequest, only: Language | null = null): Promise<Reader> {
  const general = await readGeneral(db)
  const language = only ?? languageOf(request.headers['accept-language'] ?? '', general.language)
  return { language, texts: textsOf[language], companyName: general.companyName, logoUrl: logoUrlOf(general), storeIp: general.storeIp }
}

/** `leadingTo`: where the answer to the page's form may lead, beside this place. */
type Content = { title: string; body: Html; status?: number; leadingTo?: string }

export const sendPage = (reply: FastifyReply, { language, companyName, logoUrl }: Reader, { title, body, status = 200, leadingTo = '' }: Content) =>
  send(reply, status, { language, companyName, logoUrl, title, body }, leadingTo)

/** The same for a wrong token and for one of something that is gone; it asks nothing of the database. */
export function sendBroken(request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request.headers['accept-language'] ?? '', 'en')
  const texts = textsOf[language]
  return send(reply, 404, { language, companyName: '', title: texts.brokenLink, body: html`${paragraphs(texts.brokenLinkHelp)}` })
}

/** Nothing was done: a mailbox provider comes again, a person is asked to. */
export function sendLater(request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request.headers['accept-language'] ?? '', 'en')
  return send(reply.header('retry-after', '10'), 503, { language, companyName: '', title: textsOf[language].later, body: html`` })
}

const send = (reply: FastifyReply, status: number, page: Page, leadingTo = '') =>
  reply.code(status).headers(leadingTo ? pageHeadersLeadingTo(leadingTo) : pageHeaders).send(renderPage(page))

/** The fields of a form in either encoding (RFC 8058 allows both); a field that is there twice has several values. */
export async function fieldsOf(request: FastifyRequest): Promise<URLSearchParams> {
  const fields = new URLSearchParams()
  if (request.isMultipart()) {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields.append(part.fieldname, String(part.value))
      else part.file.resume()
    }
    return fields
  }
  for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, unknown>)) {
    for (const each of Array.isArray(value) ? value : [value]) fields.append(name, String(each))
  }
  return fields
}

/** What a link of this delivery has set and may therefore undo. */
export async function hasSetSomething(db: Db, { lane, id }: { lane: number; id: number }): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from opt_out where lane = ${lane} and delivery_id = ${id})
        or exists (select from suppression where lane = ${lane} and delivery_id = ${id} and reason = 'optedOut') as found`.execute(db)
  return rows[0]!.found
}
