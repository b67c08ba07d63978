/** A subscription form with a list, what visitors send to it, and the links of the confirmation mails. */
import { encodeConfirmToken, confirmKeyPurpose } from '../src/forms/confirm-token.ts'
import type { OneSubscriptionForm } from '../src/forms/contract.ts'
import type { TestApp } from './app.ts'
import { form as formHeaders } from './given-mail.ts'

export async function givenForm(app: TestApp, input: object = {}) {
  const list = (await app.api.post('/target-lists', { name: 'News' })).body.id as string
  const made = await app.api.post('/subscription-forms', {
    name: 'Newsletter', targetListIds: [list], fields: [{ name: 'firstName' }, { name: 'lastName' }], consentText: 'You may write to me.', ...input,
  })
  if (made.status !== 201) throw new Error(made.text)
  const form = made.body as OneSubscriptionForm
  return { list, form, path: new URL(form.url).pathname }
}

export const visitorPosts = (app: TestApp, path: string, values: Record<string, string | string[]>, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries({ consent: 'true', ...values })) for (const each of [value].flat()) body.append(name, each)
  return app.as(null).post(path, body.toString(), { ...formHeaders, ...headers })
}

export const programPosts = (app: TestApp, path: string, body: object, headers: Record<string, string> = {}) =>
  app.as(null).post(path, { consent: true, ...body }, { origin: 'https://shop.example', ...headers })

/** The link of the newest subscription of an address, as its mail holds it. */
export async function confirmPath(app: TestApp, path: string, emailAddress: string): Promise<string> {
  const { id } = await app.db.selectFrom('subscription').select('id').where('emailAddress', '=', emailAddress).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
  return `${path}/${encodeConfirmToken(app.secrets.key(confirmKeyPurpose), id)}`
}

export const subscriptions = (app: TestApp) => app.db.selectFrom('subscription').selectAll().orderBy('id').execute()
export const membersOf = async (app: TestApp, list: string) => (await app.api.get(`/target-lists/${list}/members`)).body.items as { entityType: string; emailAddress: string; state: string; source: string; id: string }[]
