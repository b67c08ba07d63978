/** What a company puts into a page or a program of its own: HTML that posts to the form, and the same as JSON. Pure. */
import { html, type Html } from '../response/page.ts'
import type { GeneralSettings } from '../settings/settings.ts'
import { trapName } from './form-view.ts'
import type { AskedField, OpenForm } from './open-form.ts'
import { type FormTexts, formTextsOf } from './texts.ts'

export function embedding(url: string, form: OpenForm, general: Pick<GeneralSettings, 'language'>): { html: string; json: string } {
  const language = form.language ?? general.language
  const fields = form.fieldsIn(language)
  return { html: snippet(url, form, fields, formTextsOf[language]), json: request(url, form, fields) }
}

function snippet(url: string, { lists, consentText, textVersion }: OpenForm, fields: readonly AskedField[], texts: FormTexts): string {
  const rows: Html[] = [
    html`  <p><label>${texts.emailAddress}<br><input name="emailAddress" type="email" autocomplete="email" required></label></p>\n`,
    ...fields.map(rowOf),
    ...lists.filter(({ topic }) => topic).map(({ id, name }) => html`  <p><label><input name="topicIds" type="checkbox" value="${id}"> ${name}</label></p>\n`),
    ...(consentText ? [html`  <p><label><input name="consent" type="checkbox" value="true" required> ${consentText}</label></p>\n`] : []),
    html`  <p style="position:absolute;left:-9999px" aria-hidden="true"><label>${texts.leaveEmpty}<input name="${trapName}" tabindex="-1" autocomplete="off"></label></p>\n`,
  ]
  return html`<form action="${url}" method="post">\n${rows}  <input name="textVersion" type="hidden" value="${String(textVersion)}">\n  <button>${texts.subscribe}</button>\n</form>`.html
}

function rowOf({ field: { name, type, options }, label, required }: AskedField): Html {
  const must = required ? html` required` : html``
  if (type === 'boolean') return html`  <p><label><input name="${name}" type="checkbox" value="true"> ${label}</label></p>\n`
  if (type === 'longText') return html`  <p><label>${label}<br><textarea name="${name}"${must}></textarea></label></p>\n`
  if (type === 'enum') return html`  <p><label>${label}<br><select name="${name}"${must}>${['', ...options ?? []].map((option) => html`<option>${option}</option>`)}</select></label></p>\n`
  return html`  <p><label>${label}<br><input name="${name}"${must}></label></p>\n`
}

function request(url: string, { lists, consentText, textVersion }: OpenForm, fields: readonly AskedField[]): string {
  const body = {
    emailAddress: 'anna@example.com', ...Object.fromEntries(fields.map(({ field: { name, type } }) => [name, type === 'boolean' ? true : type === 'integer' ? 1 : '…'])),
    ...(lists.some(({ topic }) => topic) && { topicIds: lists.filter(({ topic }) => topic).map(({ id }) => id) }),
    ...(consentText && { consent: true, textVersion }),
  }
  return `fetch(${JSON.stringify(url)}, {\n  method: 'POST',\n  headers: { 'content-type': 'application/json' },\n  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll('\n', '\n  ')}),\n})`
}
