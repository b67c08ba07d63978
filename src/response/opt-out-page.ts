/** The opt-out page: looking at it changes nothing, pressing a button does; and the one click of a mail program (RFC 8058). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OptOutOrigin } from '../audience/opt-outs.ts'
import type { Db } from '../platform/db.ts'
import { displayAddress } from '../platform/email-address.ts'
import { choose, type Choice, type Standing, standingOf } from './opt-out.ts'
import { html, type Html } from './page.ts'
import { fieldsOf, type Reader, readerOf, sendPage } from './public.ts'
import type { Recipient } from './recipient.ts'
import type { Texts } from './texts.ts'
import { storedIp } from '../platform/stored-ip.ts'

type Asked = { db: Db; request: FastifyRequest; reply: FastifyReply; recipient: Recipient; now: Date }

export async function showOptOutPage({ db, request, reply, recipient }: Asked) {
  const reader = await readerOf(db, request)
  return sendStanding(reply, reader, recipient, await standingOf(db, recipient), 200)
}

export async function takeOptOut({ db, request, reply, recipient, now }: Asked) {
  const reader = await readerOf(db, request)
  const fields = await fieldsOf(request)
  const oneClick = fields.get('List-Unsubscribe')?.toLowerCase() === 'one-click'
  const choice = oneClick ? 'unsubscribe' : choiceIn(fields)
  if (!choice) return sendStanding(reply, reader, recipient, await standingOf(db, recipient), 400)
  if (recipient.test) return sendTest(reply, reader)
  await choose(db, recipient, choice, { source: oneClick ? 'oneClick' : 'optOutPage', reason: reasonIn(fields), ...proofOf(request, reader) }, now)
  return sendDone(reply, reader, recipient, await standingOf(db, recipient))
}

/** A POST that says nothing at all can only mean "no": somebody's mail program, or the Enter key. Anything unknown means nothing. */
function choiceIn(fields: URLSearchParams): Choice | null {
  const text = fields.get('choice') ?? (fields.has('List-Unsubscribe') ? null : 'unsubscribe')
  return text === 'unsubscribe' || text === 'everything' || text === 'subscribe' ? text : null
}

const reasonIn = (fields: URLSearchParams) => (fields.get('reason') ?? '').replaceAll('\0', '').trim().slice(0, 500)

/** Who was at the other end, as much of it as the settings keep. */
export const proofOf = (request: FastifyRequest, { storeIp }: Reader): Pick<OptOutOrigin, 'ip' | 'userAgent'> =>
  ({ ip: storedIp(request.ip, storeIp), userAgent: (request.headers['user-agent'] ?? '').slice(0, 500) })

/** The page as it is met: the question, or how things stand. */
function sendStanding(reply: FastifyReply, reader: Reader, recipient: Recipient, standing: Standing, status: number) {
  const { texts } = reader
  const address = displayAddress(recipient.emailAddress)
  const body = standing.out
    ? alreadyOut(texts, address, standing)
    : html`<p>${texts.optOutQuestion(address)}</p>${askForm(texts, recipient.optOutEntirely)}`
  return sendPage(reply, reader, { title: texts.unsubscribe, body, status })
}

function sendDone(reply: FastifyReply, reader: Reader, { emailAddress, optOutEntirely }: Recipient, standing: Standing) {
  const { texts } = reader
  const address = displayAddress(emailAddress)
  const body = standing.out
    ? alreadyOut(texts, address, standing)
    : html`<p class="note" role="status">${texts.subscribed(address)}</p>${askForm(texts, optOutEntirely)}`
  return sendPage(reply, reader, { title: texts.unsubscribe, body })
}

export const sendTest = (reply: FastifyReply, reader: Reader) =>
  sendPage(reply, reader, { title: reader.texts.testMail, body: html`<p class="note" role="status">${reader.texts.testChange}</p>` })

const alreadyOut = (texts: Texts, address: string, { entirely, mayReturn }: Standing): Html => html`
<p class="note" role="status">${entirely ? texts.optedOutEntirely(address) : texts.optedOut(address)}</p>
<form method="post"><div class="actions">
${mayReturn ? button('subscribe', texts.subscribeAgain, 'second') : html`<p>${texts.setElsewhere}</p>`}
${entirely ? html`` : button('everything', texts.unsubscribeEverything, 'second')}
</div></form>`

const askForm = (texts: Texts, onlyEntirely: boolean): Html => html`
<form method="post">
<label for="reason">${texts.reason}</label><textarea id="reason" name="reason" maxlength="500" rows="3"></textarea>
<div class="actions">${onlyEntirely ? button('everything', texts.unsubscribeEverything) : [
  button('unsubscribe', texts.unsubscribe), button('everything', texts.unsubscribeEverything, 'second'),
]}</div></form>`

const button = (choice: Choice, text: string, kind: 'first' | 'second' = 'first'): Html =>
  html`<button class="${kind}" name="choice" value="${choice}">${text}</button>`
