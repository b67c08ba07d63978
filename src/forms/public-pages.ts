/** The public side of a subscription form: its page, what is posted to it, and the link of the confirmation mail. Looking changes nothing. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../platform/errors.ts'
import type { Ground } from '../platform/ground.ts'
import { proofOf } from '../response/opt-out-page.ts'
import { html, type Html, paragraphs } from '../response/page.ts'
import { type Reader, readerOf, sendPage } from '../response/public.ts'
import { confirmKeyPurpose, decodeConfirmToken } from './confirm-token.ts'
import { confirmSubscription, type Standing, standingOf } from './confirm.ts'
import { type Filled, formBody } from './form-view.ts'
import { isTooOften, networkMark } from './limits.ts'
import { type OpenForm, readOpenForm } from './open-form.ts'
import { isTrapped, type Posted, postedOf, readPosted } from './posted.ts'
import { subscribe } from './subscribe.ts'
import type { Visitor } from './take-in.ts'
import { type FormTexts, formTextsOf } from './texts.ts'

export type Asked = { ground: Pick<Ground, 'db' | 'secrets'>; request: FastifyRequest; reply: FastifyReply; now: Date }
type OnForm = Asked & { form: OpenForm; reader: Reader; texts: FormTexts }

/** Null when there never was such a form: its page is the one of a wrong link. */
export async function onForm(asked: Asked): Promise<OnForm | null> {
  const { key } = asked.request.params as { key: string }
  const form = /^[a-z2-7]{10}$/.test(key) ? await readOpenForm(asked.ground.db, key) : null
  if (!form) return null
  const reader = await readerOf(asked.ground.db, asked.request, form.language)
  return { ...asked, form, reader, texts: formTextsOf[reader.language] }
}

export async function showForm(on: OnForm) {
  return on.form.state === 'open' ? sendForm(on) : sendShut(on)
}

/** The same answer whether the address is known or not, whether it may be mailed or not, and for machines that fell into the trap. */
export async function takePost(on: OnForm) {
  const { ground, ground: { db, secrets }, request, form, reader, texts, now } = on
  const posted = await postedOf(request)
  if (form.state !== 'open') return sendShut(on, posted)
  if (await isTooOften(db, networkMark(secrets.key(confirmKeyPurpose), request.ip), now)) return sendTooOften(on, posted)
  const { asked, faults } = readPosted(form, form.fieldsIn(reader.language), posted, texts)
  if (faults.length > 0 && !isTrapped(posted)) {
    if (posted.json) throw new AppError('invalid', 'invalidInput', faults.map(({ path, message }) => `${path}: ${message}`).join(' '), { errors: faults })
    return sendForm(on, { values: posted.values, faults }, 400)
  }
  if (!isTrapped(posted)) await subscribe(ground, form, asked, { ...visitorOf(request, reader), language: reader.language }, now)
  return sendTaken(on, posted, asked.emailAddress)
}

const visitorOf = (request: FastifyRequest, reader: Reader): Visitor => {
  const { ip = '', userAgent = '' } = proofOf(request, reader)
  return { ip, userAgent: userAgent.replaceAll('\0', '') }
}

const sendForm = ({ reply, reader, form }: OnForm, filled?: Filled, status = 200) =>
  sendPage(reply, reader, { title: form.title, body: formBody(form, reader.language, filled), status, ...leading(form.row.doubleOptIn ? '' : form.row.successUrl) })

const leading = (url: string) => (url ? { leadingTo: url } : {})

function sendTaken({ reply, reader, form: { row }, texts }: OnForm, { json }: Posted, emailAddress: string) {
  if (!row.doubleOptIn) return json ? sendOk(reply, 'subscribed', { message: row.successMessage || texts.done(emailAddress), ...(row.successUrl && { url: row.successUrl }) }) : sendDone(reply, reader, row, texts, emailAddress)
  if (json) return sendOk(reply, 'confirmationSent', { message: texts.look(emailAddress) })
  return sendPage(reply, reader, { title: texts.lookTitle, body: note(texts.look(emailAddress)) })
}

const sendOk = (reply: FastifyReply, status: string, more: object) => reply.code(200).type('application/json').send(JSON.stringify({ status, ...more }))

const note = (text: string): Html => html`<div class="note" role="status">${paragraphs(text)}</div>`

type Success = { successMessage: string; successUrl: string }

/** Only ever to the address that an administrator has set. */
function sendDone(reply: FastifyReply, reader: Reader, { successMessage, successUrl }: Success, texts: FormTexts, emailAddress: string, mayLead = true) {
  if (successUrl && mayLead) return reply.code(303).header('location', new URL(successUrl).href).header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').send()
  return sendPage(reply, reader, { title: texts.doneTitle, body: note(successMessage || texts.done(emailAddress)) })
}

function sendShut({ reply, reader, form: { state }, texts }: OnForm, posted?: Posted) {
  const gone = state === 'gone'
  const [title, text] = gone ? [texts.goneTitle, texts.gone] : [texts.closedTitle, texts.closed]
  if (posted?.json) throw new AppError(gone ? 'notFound' : 'conflict', gone ? 'formGone' : 'formClosed', text)
  return sendPage(reply, reader, { title, body: html`${paragraphs(text)}`, status: gone ? 404 : 503 })
}

function sendTooOften({ reply, reader, texts }: OnForm, { json }: Posted) {
  if (json) throw new AppError('tooMany', 'tooOften', texts.tooOften, { retryAfterSeconds: 3600 })
  return sendPage(reply.header('retry-after', '3600'), reader, { title: texts.tooOftenTitle, body: html`${paragraphs(texts.tooOften)}`, status: 429 })
}

/** Scanners follow links: here is only the question. */
export async function showConfirmation(on: OnForm) {
  const id = subscriptionIn(on)
  if (id === null) return null
  if (on.form.state === 'gone') return sendShut(on)
  return sendStanding(on, await standingOf(on.ground.db, on.form, id, on.now))
}

export async function takeConfirmation(on: OnForm) {
  const { ground: { db }, request, reply, reader, form, texts, now } = on
  const id = subscriptionIn(on)
  if (id === null) return null
  if (form.state === 'gone') return sendShut(on)
  const standing = await confirmSubscription(db, form, id, visitorOf(request, reader), now)
  return standing.is === 'confirmed' ? sendDone(reply, reader, form.row, texts, standing.emailAddress) : sendStanding(on, standing)
}

const subscriptionIn = ({ ground: { secrets }, request }: OnForm): string | null =>
  decodeConfirmToken(secrets.keys(confirmKeyPurpose), (request.params as { token: string }).token)

function sendStanding({ reply, reader, form, texts }: OnForm, standing: Standing) {
  if (standing.is === 'expired') {
    const again = form.state === 'open' ? html`<p><a href="../${form.key}">${texts.toForm}</a></p>` : html``
    return sendPage(reply, reader, { title: texts.expiredTitle, body: html`${paragraphs(texts.expired)}${again}`, status: 410 })
  }
  if (standing.is === 'confirmed') return sendDone(reply, reader, form.row, texts, standing.emailAddress, false)
  const ask = html`<p>${texts.confirmQuestion(standing.emailAddress)}</p><form method="post"><div class="actions"><button>${texts.confirm}</button></div></form><p class="soft">${texts.notYou}</p>`
  return sendPage(reply, reader, { title: texts.confirmTitle, body: ask, ...leading(form.row.successUrl) })
}
