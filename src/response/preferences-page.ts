/** The preferences page: public topics, each on or off. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { chooseTopics, type Topic, topicsOf } from '../audience/topics.ts'
import { optOutsOf } from '../audience/opt-outs.ts'
import type { Db } from '../platform/db.ts'
import { displayAddress } from '../platform/email-address.ts'
import { again } from './again.ts'
import { logChoice } from './opt-out.ts'
import { proofOf, sendTest } from './opt-out-page.ts'
import { html, type Html } from './page.ts'
import { fieldsOf, type Reader, readerOf, sendPage } from './public.ts'
import type { Recipient } from './recipient.ts'

type Asked = { db: Db; request: FastifyRequest; reply: FastifyReply; recipient: Recipient; now: Date }

export async function showPreferences({ db, request, reply, recipient }: Asked) {
  const reader = await readerOf(db, request)
  return sendTopics(db, reply, reader, recipient, html``)
}

export async function takePreferences({ db, request, reply, recipient, now }: Asked) {
  const reader = await readerOf(db, request)
  if (recipient.test) return sendTest(reply, reader)
  const chosen = (await fieldsOf(request)).getAll('topic')
  const origin = { source: 'preferences', lane: recipient.lane, deliveryId: recipient.id, ...proofOf(request, reader) }
  await again(() => db.transaction().execute(async (tx) => {
    const { on, off } = await chooseTopics(tx, recipient, chosen, origin, now)
    if (off.length > 0) await logChoice(tx, recipient, 'optedOut', { text: off.join(', ') }, now)
    if (on.length > 0) await logChoice(tx, recipient, 'optedIn', { text: on.join(', ') }, now)
  }))
  return sendTopics(db, reply, reader, recipient, html`<p class="note" role="status">${reader.texts.saved}</p>`)
}

async function sendTopics(db: Db, reply: FastifyReply, reader: Reader, recipient: Recipient, notice: Html) {
  const { texts } = reader
  const [topics, { entirely }] = await Promise.all([topicsOf(db, recipient), optOutsOf(db, recipient.emailAddress, [])])
  const form = topics.length === 0 ? html`<p>${texts.noTopics}</p>` : html`
<form method="post"><fieldset><legend>${texts.topicsOf(displayAddress(recipient.emailAddress))}</legend>
${topics.map(topicBox)}</fieldset><div class="actions"><button>${texts.save}</button></div></form>`
  const standing = entirely ? html`<p class="note">${texts.entirelyOut}</p>` : html``
  return sendPage(reply, reader, { title: texts.preferences, body: html`${notice}${standing}${form}` })
}

const topicBox = ({ id, name, description, on, fixed }: Topic): Html => html`
<label class="topic"><input type="checkbox" name="topic" value="${id}"${on ? html` checked` : html``}${fixed ? html` disabled` : html``}>
<span>${name}${description ? html`<span>${description}</span>` : html``}</span></label>`
