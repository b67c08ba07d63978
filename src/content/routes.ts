/** The API of email templates: each line ties an endpoint to the function that does it. */
import { type Call, type Route, serve } from '../http/serve.ts'
import type { Tx } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { mailableTypes } from '../records/entity-types.ts'
import { readGeneral } from '../settings/settings.ts'
import * as api from './contract.ts'
import { currentVocabulary } from './merge-values.ts'
import { placeholderGroups } from './placeholder-menu.ts'
import { previewMail } from './preview.ts'
import { changeTemplate, createTemplate, duplicateTemplate, expectTemplate, readTemplate, removeTemplate, templatesPage } from './templates.ts'

export const routes: Route[] = [
  serve(api.listEmailTemplates, async ({ db, actor, query, now }) => templatesPage(db, actor, query, { now, timeZone: (await readGeneral(db)).timeZone })),
  serve(api.listPlaceholders, async () => ({ groups: placeholderGroups(currentVocabulary(), mailableTypes()) })),
  serve(api.getEmailTemplate, async ({ db, actor, params }) => {
    await expectTemplate(db, actor, params.id, 'read')
    return readTemplate(db, params.id)
  }),
  serve(api.createEmailTemplate, (call) => thenRead(call, (tx) => createTemplate(tx, call.actor, call.body, call.now))),
  serve(api.changeEmailTemplate, (call) => thenRead(call, async (tx) => {
    await expectTemplate(tx, call.actor, call.params.id, 'edit')
    await changeTemplate(tx, call.actor, call.params.id, call.body, call.now, call.expectVersion)
    return call.params.id
  })),
  serve(api.removeEmailTemplate, ({ db, actor, params, now }) => db.transaction().execute(async (tx) => {
    await expectTemplate(tx, actor, params.id, 'delete')
    await removeTemplate(tx, actor, params.id, now)
  })),
  serve(api.duplicateEmailTemplate, (call) => thenRead(call, async (tx) => {
    await expectTemplate(tx, call.actor, call.params.id, 'read')
    return duplicateTemplate(tx, call.actor, call.params.id, call.body.name, call.now)
  })),
  serve(api.renderEmailTemplate, async ({ db, actor, params, body: { entityType, id, ...draft }, now }) => {
    await expectTemplate(db, actor, params.id, 'read')
    const stored = await readTemplate(db, params.id)
    return previewMail(db, { ...stored, ...draft }, { entityType, id, viewer: actor }, now)
  }),
]

/** Writes in one transaction and answers the whole template, as reading it does. */
const thenRead = ({ db }: Pick<Call<Endpoint>, 'db'>, write: (tx: Tx) => Promise<string>) =>
  db.transaction().execute(async (tx) => readTemplate(tx, await write(tx)))
