/** Click, open pixel and trap: the visit is logged, then the answer is given. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ground } from '../platform/ground.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import { decodeToken, type Keys, type Token } from '../platform/token.ts'
import { type LinkTable, type Link, linkTable } from './links.ts'
import { isMachine } from './machine.ts'
import { html, pageHeaders, paragraphs } from './page.ts'
import { readerOf, sendBroken, sendPage, tokenIn } from './public.ts'
import type { Visit } from './visit.ts'
import type { Visits } from './visits.ts'
import { visitorMark } from './visitor.ts'

type Asked = { request: FastifyRequest; reply: FastifyReply; now: Date }

export type Follow = { click(asked: Asked): Promise<unknown>; open(asked: Asked): Promise<unknown>; trap(asked: Asked): Promise<unknown> }

export function openFollow({ db, secrets }: Pick<Ground, 'db' | 'secrets'>, visits: Visits): Follow {
  const tools = { db, visits, links: linkTable(db), keys: () => secrets.keys(linkKeyPurpose), markKey: () => secrets.key('visitor') }
  return { click: (asked) => click(tools, asked), open: (asked) => open(tools, asked), trap: (asked) => trap(tools, asked) }
}

type Tools = { db: Ground['db']; visits: Visits; links: LinkTable; keys: () => Keys; markKey: () => Buffer }

async function click({ db, visits, links, keys, markKey }: Tools, { request, reply, now }: Asked) {
  const token = decodeToken(keys(), 'click', tokenIn(request, '/c/') ?? '')
  const link = token?.link === undefined ? null : await links(token.link, now)
  if (!token || !link) return sendBroken(request, reply)
  if (token.test) return showTest(db, request, reply, link)
  await visits.record({ ...visitOf(request, token, markKey(), now), kind: 'click', trackingUrlId: link.id, url: link.url })
  return link.action === 'showMessage' ? showMessage(db, request, reply, link) : redirect(request, reply, link.url)
}

async function open({ visits, keys, markKey }: Tools, { request, reply, now }: Asked) {
  const token = decodeToken(keys(), 'open', tokenIn(request, '/o/', '.gif') ?? '')
  if (!token) return sendBroken(request, reply)
  if (!token.test) await visits.record({ ...visitOf(request, token, markKey(), now), kind: 'open' })
  return reply.headers(pixelHeaders).send(pixel)
}

async function trap({ db, visits, keys, markKey }: Tools, { request, reply, now }: Asked) {
  const token = decodeToken(keys(), 'honeypot', tokenIn(request, '/h/') ?? '')
  if (!token) return sendBroken(request, reply)
  if (!token.test) await visits.record({ ...visitOf(request, token, markKey(), now), kind: 'honeypot' })
  const reader = await readerOf(db, request)
  return sendPage(reply, reader, { title: reader.texts.notForPeople, body: html`` })
}

function visitOf(request: FastifyRequest, { lane, id }: Token, markKey: Buffer, at: Date): Omit<Visit, 'kind'> {
  const userAgent = request.headers['user-agent'] ?? ''
  const purpose = String(request.headers['sec-purpose'] ?? request.headers['purpose'] ?? request.headers['x-moz'] ?? '')
  return {
    lane, deliveryId: id, trackingUrlId: null, url: '', at,
    machine: isMachine({ method: request.method, userAgent, purpose }), visitorMark: visitorMark(markKey, { ip: request.ip, userAgent }),
  }
}

/** Only ever to the stored address, and only over http(s): a link repaired to something else leads nowhere. */
function redirect(request: FastifyRequest, reply: FastifyReply, url: string) {
  if (!/^https?:\/\//i.test(url)) return sendBroken(request, reply)
  const { 'content-type': _, ...headers } = pageHeaders
  return reply.code(302).headers(headers).header('location', headerSafe(url)).send()
}

/** As it was stored, unless a header cannot carry it (RFC 9110 5.5); then in its ASCII spelling. */
const headerSafe = (url: string): string => (/^[\x21-\x7e]+$/.test(url) ? url : URL.canParse(url) ? new URL(url).href : encodeURI(url))

async function showMessage(db: Ground['db'], request: FastifyRequest, reply: FastifyReply, { message }: Link) {
  const reader = await readerOf(db, request)
  return sendPage(reply, reader, { title: reader.companyName || '✓', body: html`${paragraphs(message)}` })
}

async function showTest(db: Ground['db'], request: FastifyRequest, reply: FastifyReply, { action, url, message }: Link) {
  const reader = await readerOf(db, request)
  const where = action === 'showMessage' ? html`${paragraphs(message)}` : html`<p><a href="${url}" rel="noreferrer">${url}</a></p>`
  const { testMail, testLink, testChange } = reader.texts
  return sendPage(reply, reader, { title: testMail, body: html`<p>${testLink}</p>${where}<p class="note">${testChange}</p>` })
}

/** The smallest picture there is: 1×1, transparent (GIF89a). */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const pixelHeaders = {
  'content-type': 'image/gif', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff',
  // Mail programs in a browser fetch it from their own site.
  'cross-origin-resource-policy': 'cross-origin',
}
