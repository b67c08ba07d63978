/** The API of subscription forms, and of what came in through them. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { definitionAt, definitionOf } from '../records/entity-types.ts'
import { renderPage } from '../response/page.ts'
import { logoUrlOf } from '../settings/images.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { formFieldsOf } from './fields.ts'
import { formsPage, presentForm } from './form-list.ts'
import { formBody } from './form-view.ts'
import { changeForm, createForm, removeForm } from './forms.ts'
import { unsavedForm } from './open-form.ts'
import { consentsOf, subscriptionsPage } from './subscription-list.ts'

export const routes: Route[] = [
  serve(api.listSubscriptionForms, async ({ db, query, now }) => await formsPage(db, query, now) as never),
  serve(api.createSubscriptionForm, (call) => thenRead(call, (tx) => createForm(tx, call.actor, call.body, call.now))),
  serve(api.listFormFields, async () => ({ items: formFieldsOf(definitionOf('Lead')).map(({ name, label }) => ({ name, label })) })),
  serve(api.previewSubscriptionForm, async ({ db, body }) => ({ html: await preview(db, body) })),
  serve(api.getSubscriptionForm, ({ db, params, now }) => presentForm(db, params.id, now)),
  serve(api.changeSubscriptionForm, (call) => thenRead(call, async (tx) => {
    await changeForm(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
    return call.params.id
  })),
  serve(api.removeSubscriptionForm, ({ db, actor, params, now }) => db.transaction().execute((tx) => removeForm(tx, actor, params.id, now))),
  serve(api.listSubscriptions, async ({ db, params, query, now }) => await subscriptionsPage(db, params.id, query, now) as never),
  serve(api.listConsents, async ({ db, actor, params, now }) => ({ items: await consentsOf(db, actor, definitionAt(params.slug), params.id, now) })),
]

/** Does the work in a transaction, then answers the form as GET does. */
async function thenRead({ db, now }: Pick<Call<Endpoint>, 'db' | 'now'>, work: (tx: Tx) => Promise<string>): Promise<api.OneSubscriptionForm> {
  return presentForm(db, await db.transaction().execute(work), now)
}

async function preview(db: Db, change: api.FormChange): Promise<string> {
  const [form, general] = [await unsavedForm(db, change), await readGeneral(db)]
  const spoken = form.language ?? general.language
  return renderPage({ language: spoken, companyName: general.companyName, logoUrl: logoUrlOf(general), title: form.title, body: formBody(form, spoken) })
}
