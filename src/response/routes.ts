/** The public pages. Each address holds a signed token; whatever else it says is ignored or a broken link. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Route, serveRaw } from '../http/serve.ts'
import type { Ground } from '../platform/ground.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import { decodeToken, type TokenPurpose } from '../platform/token.ts'
import { openFollow } from './follow.ts'
import { showOptOutPage, takeOptOut } from './opt-out-page.ts'
import { showPreferences, takePreferences } from './preferences-page.ts'
import { sendBroken, sendLater, tokenIn } from './public.ts'
import { readRecipient, type Recipient } from './recipient.ts'
import { showMail } from './view-page.ts'
import type { Visits } from './visits.ts'

type Asked = { request: FastifyRequest; reply: FastifyReply; now: Date }
type AskedOf = Asked & { db: Ground['db']; recipient: Recipient }

export function responseRoutes(ground: Pick<Ground, 'db' | 'secrets' | 'log'>, visits: Visits): Route[] {
  const { db, log } = ground
  const follow = openFollow(ground, visits)

  /** What fails on our side (the database is away) is no broken link: it may work in a moment. */
  const page = (method: Parameters<typeof serveRaw>[0], url: string, summary: string, handle: (asked: Asked) => Promise<unknown>) =>
    serveRaw(method, url, { allow: 'public', summary }, async (request, reply, { now }) => {
      try {
        return await handle({ request, reply, now })
      } catch (error) {
        log.error({ error: (error as Error).message, stack: (error as Error).stack, url }, 'a public page failed')
        return sendLater(request, reply)
      }
    })

  /** Pages about a delivery: those of a wrong token and of an unknown delivery look the same. */
  const ofRecipient = (prefix: string, purpose: TokenPurpose, handle: (asked: AskedOf) => Promise<unknown>) =>
    async (asked: Asked) => {
      const token = decodeToken(ground.secrets.keys(linkKeyPurpose), purpose, tokenIn(asked.request, prefix) ?? '')
      const recipient = token && await readRecipient(db, token)
      return recipient ? handle({ ...asked, db, recipient }) : sendBroken(asked.request, asked.reply)
    }

  return [
    page(['GET', 'HEAD'], '/c/*', 'A tracked link: logs the click and leads on', follow.click),
    page(['GET', 'HEAD'], '/o/*', 'The open pixel', follow.open),
    page(['GET', 'HEAD'], '/h/*', 'The link that only a machine follows', follow.trap),
    page(['GET', 'HEAD'], '/u/*', 'The opt-out page: changes nothing', ofRecipient('/u/', 'optOut', showOptOutPage)),
    page('POST', '/u/*', 'Opting out and coming back; one click of a mail program (RFC 8058)', ofRecipient('/u/', 'optOut', takeOptOut)),
    page(['GET', 'HEAD'], '/p/*', 'The preferences page: changes nothing', ofRecipient('/p/', 'preferences', showPreferences)),
    page('POST', '/p/*', 'Switching topics on and off', ofRecipient('/p/', 'preferences', takePreferences)),
    page(['GET', 'HEAD'], '/v/*', 'The mail in a browser', ofRecipient('/v/', 'view', (asked) => showMail(ground.secrets, asked))),
  ]
}
