/** The form itself as HTML, for its hosted page and for pages of the company's own: labels, what is wrong, the trap for machines. Pure. */
import type { Fault } from '../platform/errors.ts'
import { html, type Html, paragraphs } from '../response/page.ts'
import type { Language } from '../response/texts.ts'
import { autocompleteOf, saysYes } from './fields.ts'
import type { AskedField, OpenForm } from './open-form.ts'
import { type FormTexts, formTextsOf } from './texts.ts'

/** No person sees it; whoever fills it in is a machine. With an underline, as no field of a record has one. */
export const trapName = 'contact_url'

export const isTicked = (values: URLSearchParams, name: string): boolean => saysYes(values.get(name) ?? '')

export type Shown = Pick<OpenForm, 'title' | 'intro' | 'fieldsIn' | 'lists' | 'consentText'> & { textVersion?: number }
/** What was sent, to be shown again: nothing of it is lost for one mistake. */
export type Filled = { values: URLSearchParams; faults: readonly Fault[] }

const nothing: Filled = { values: new URLSearchParams(), faults: [] }

export function formBody(form: Shown, language: Language, filled: Filled = nothing): Html {
  const texts = formTextsOf[language]
  const { faults } = filled
  const fields = form.fieldsIn(language).map((asked) => fieldRow(asked, texts, filled))
  return html`${form.intro ? paragraphs(form.intro) : html``}
${faults.length > 0 ? html`<p class="fault" role="alert">${texts.check}</p>` : html``}
<form method="post">
${textRow({ name: 'emailAddress', label: texts.emailAddress, type: 'email', autocomplete: 'email', required: true, maxLength: 320 }, texts, filled)}
${fields}
${topicRows(form, texts, filled)}
${consentRow(form, filled)}
${trap(texts)}
<input type="hidden" name="textVersion" value="${String(form.textVersion ?? 0)}">
<div class="actions"><button>${texts.subscribe}</button></div></form>`
}

/** Off the page and out of the way of keyboards, screen readers and browsers that fill in by themselves. */
const trap = ({ leaveEmpty }: FormTexts): Html => html`
<div class="away" aria-hidden="true"><label>${leaveEmpty}<input name="${trapName}" tabindex="-1" autocomplete="off"></label></div>`

type Row = { name: string; label: string; type: string; autocomplete: string; required: boolean; maxLength?: number | undefined }

const inputTypes: Record<string, string> = { phone: 'tel', date: 'date' }

function fieldRow({ field, label, required }: AskedField, texts: FormTexts, filled: Filled): Html {
  const { name, type, options, maxLength } = field
  if (type === 'boolean') return checkRow({ name, label: html`${label}`, checked: isTicked(filled.values, name) }, faultsOf(filled, name))
  if (type === 'enum') return choiceRow({ name, label, required, options: options ?? [] }, texts, filled)
  if (type === 'longText') return longRow({ name, label, required }, texts, filled)
  return textRow({ name, label, type: inputTypes[type] ?? 'text', autocomplete: autocompleteOf(name), required, maxLength }, texts, filled)
}

const faultsOf = ({ faults }: Filled, name: string): string[] => faults.filter(({ path }) => path === name).map(({ message }) => message)

/** Named to screen readers with the field it belongs to (WCAG 3.3.1). */
const described = (name: string, faults: readonly string[]): Html => (faults.length > 0 ? html` aria-invalid="true" aria-describedby="${name}-fault"` : html``)
const faultLine = (name: string, faults: readonly string[]): Html => (faults.length > 0 ? html`<p class="fault" id="${name}-fault">${faults.join(' ')}</p>` : html``)
const labelFor = (name: string, label: string, required: boolean, { optional }: FormTexts): Html =>
  html`<label for="${name}">${label}${required ? html`` : html` <span class="soft">(${optional})</span>`}</label>`
const must = (required: boolean): Html => (required ? html` required` : html``)

function textRow({ name, label, type, autocomplete, required, maxLength }: Row, texts: FormTexts, filled: Filled): Html {
  const faults = faultsOf(filled, name)
  const most = maxLength === undefined ? html`` : html` maxlength="${String(maxLength)}"`
  return html`<div class="row">${labelFor(name, label, required, texts)}
<input id="${name}" name="${name}" type="${type}" value="${filled.values.get(name) ?? ''}" autocomplete="${autocomplete}"${most}${must(required)}${described(name, faults)}>${faultLine(name, faults)}</div>`
}

function longRow({ name, label, required }: Pick<Row, 'name' | 'label' | 'required'>, texts: FormTexts, filled: Filled): Html {
  const faults = faultsOf(filled, name)
  return html`<div class="row">${labelFor(name, label, required, texts)}
<textarea id="${name}" name="${name}" rows="3"${must(required)}${described(name, faults)}>${filled.values.get(name) ?? ''}</textarea>${faultLine(name, faults)}</div>`
}

function choiceRow({ name, label, required, options }: Pick<Row, 'name' | 'label' | 'required'> & { options: readonly string[] }, texts: FormTexts, filled: Filled): Html {
  const faults = faultsOf(filled, name)
  const chosen = filled.values.get(name) ?? ''
  const choices = ['', ...options].map((option) => html`<option${option === chosen ? html` selected` : html``}>${option}</option>`)
  return html`<div class="row">${labelFor(name, label, required, texts)}
<select id="${name}" name="${name}"${must(required)}${described(name, faults)}>${choices}</select>${faultLine(name, faults)}</div>`
}

type Check = { name: string; label: Html; checked: boolean; value?: string; required?: boolean }

const checkRow = ({ name, label, checked, value = 'true', required = false }: Check, faults: readonly string[]): Html => html`
<div class="row"><label class="topic"><input type="checkbox" name="${name}" value="${value}"${checked ? html` checked` : html``}${must(required)}${described(name, faults)}><span>${label}</span></label>${faultLine(name, faults)}</div>`

function topicRows({ lists }: Pick<Shown, 'lists'>, texts: FormTexts, filled: Filled): Html {
  const topics = lists.filter(({ topic }) => topic)
  if (topics.length === 0) return html``
  const faults = faultsOf(filled, 'topicIds')
  const chosen = filled.values.getAll('topicIds')
  const boxes = topics.map(({ id, name, description }) => checkRow({
    name: 'topicIds', value: id, checked: chosen.includes(id), label: html`${name}${description ? html`<span>${description}</span>` : html``}`,
  }, []))
  return html`<fieldset${faults.length > 0 ? html` aria-describedby="topicIds-fault"` : html``}><legend>${texts.topics}</legend>${boxes}${faultLine('topicIds', faults)}</fieldset>`
}

function consentRow({ consentText }: Pick<Shown, 'consentText'>, filled: Filled): Html {
  if (consentText === '') return html``
  const lines = consentText.split('\n').flatMap((line, index) => (index > 0 ? [html`<br>`, html`${line}`] : [html`${line}`]))
  return checkRow({ name: 'consent', label: html`${lines}`, checked: isTicked(filled.values, 'consent'), required: true }, faultsOf(filled, 'consent'))
}
