/** The mail in a browser. It is somebody's own HTML: it is shown as it is, in a sandbox without scripts, forms and frames. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewDelivery } from '../delivery/view.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { html, pageHeaders, paragraphs } from './page.ts'
import { readerOf, sendBroken, sendPage } from './public.ts'
import type { Recipient } from './recipient.ts'

type Asked = { db: Db; request: FastifyRequest; reply: FastifyReply; recipient: Recipient; now: Date }

export async function showMail(secrets: Secrets, { db, request, reply, recipient, now }: Asked) {
  const mail = await viewDelivery(db, secrets, recipient, now)
  if (!mail) return sendBroken(request, reply)
  if (mail.html !== null) return reply.headers(mailHeaders).send(mail.html)
  const reader = await readerOf(db, request)
  return sendPage(reply, reader, { title: mail.subject, body: html`${paragraphs(mail.text.replaceAll('\r\n', '\n'))}` })
}

const mailHeaders = {
  ...pageHeaders,
  'content-security-policy': [
    "default-src 'none'", 'img-src http: https: data:', "style-src 'unsafe-inline' http: https:", 'font-src http: https: data:', 'media-src http: https:',
    "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'", 'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
}
