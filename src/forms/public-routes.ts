/** The addresses of subscription forms that strangers reach. Programs in browsers may post from any site: there is no cookie to misuse. */
import { type Route, serveRaw } from '../http/serve.ts'
import { AppError } from '../platform/errors.ts'
import type { Ground } from '../platform/ground.ts'
import { sendBroken, sendLater } from '../response/public.ts'
import { type Asked, onForm, showConfirmation, showForm, takeConfirmation, takePost } from './public-pages.ts'

type Page = (on: NonNullable<Awaited<ReturnType<typeof onForm>>>) => Promise<unknown>

export function publicFormRoutes(ground: Pick<Ground, 'db' | 'secrets' | 'log'>): Route[] {
  /** Null from a page: a link that was never ours. What fails on our side may work in a moment. */
  const page = (method: Parameters<typeof serveRaw>[0], url: string, summary: string, show: Page) =>
    serveRaw(method, url, { allow: 'public', summary }, async (request, reply, { now }) => {
      const asked: Asked = { ground, request, reply: reply.header('access-control-allow-origin', '*'), now }
      try {
        const on = await onForm(asked)
        return (on && await show(on)) ?? sendBroken(request, reply)
      } catch (error) {
        if (error instanceof AppError) throw error
        ground.log.error({ error: (error as Error).message, stack: (error as Error).stack, url }, 'a subscription page failed')
        return sendLater(request, reply)
      }
    })

  return [
    page(['GET', 'HEAD'], '/s/:key', 'The hosted page of a subscription form', showForm),
    page('POST', '/s/:key', 'Subscribing: a form or JSON; answers 200 {status, message}', takePost),
    serveRaw('OPTIONS', '/s/:key', { allow: 'public', summary: 'Browsers ask before they post JSON from another site' }, async (_, reply) =>
      reply.code(204).headers({ 'access-control-allow-origin': '*', 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type', 'access-control-max-age': '86400' }).send()),
    page(['GET', 'HEAD'], '/s/:key/:token', 'The link of a confirmation mail: a question, changes nothing', showConfirmation),
    page('POST', '/s/:key/:token', 'Confirming a subscription', takeConfirmation),
  ]
}
