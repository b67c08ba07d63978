/** What a visitor or a program has sent to a form: read from either encoding, held against the form, every fault named in the visitor's language. */
import type { FastifyRequest } from 'fastify'
import { parseAddress } from '../platform/email-address.ts'
import { AppError, type Fault } from '../platform/errors.ts'
import { fieldsOf } from '../response/public.ts'
import { type Given, storedValue } from './fields.ts'
import { isTicked, trapName } from './form-view.ts'
import type { AskedField, OpenForm } from './open-form.ts'
import type { FormTexts } from './texts.ts'

export type Posted = { json: boolean; values: URLSearchParams }

/** A person's browser sends a form; `json: true` is answered as JSON. */
export async function postedOf(request: FastifyRequest): Promise<Posted> {
  const json = /^application\/json\b/i.test(request.headers['content-type'] ?? '')
  return { json, values: json ? valuesOf(request.body) : await fieldsOf(request) }
}

/** `null` and `false` are as if nothing had been filled in. */
function valuesOf(body: unknown): URLSearchParams {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new AppError('invalid', 'notAnObject', 'The body must be a JSON object.')
  const values = new URLSearchParams()
  for (const [name, value] of Object.entries(body)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each === null || each === false) continue
      if (typeof each === 'object') throw new AppError('invalid', 'invalidInput', `${name}: must be a text.`, { errors: [{ path: name, message: 'must be a text' }] })
      values.append(name, String(each))
    }
  }
  return values
}

export const isTrapped = ({ values }: Posted): boolean => (values.get(trapName) ?? '').trim() !== ''

/** `targetListIds`: the lists of everybody, and the chosen topics. */
export type Asked = { emailAddress: string; given: Given; targetListIds: string[]; textVersion: number }

/** All faults at once. */
export function readPosted(form: OpenForm, fields: readonly AskedField[], { json, values }: Posted, texts: FormTexts): { asked: Asked; faults: Fault[] } {
  const { address, wellFormed } = parseAddress(plain(values.get('emailAddress')))
  const chosen = form.lists.filter(({ id, topic }) => !topic || values.getAll('topicIds').includes(id))
  const faults = [
    ...(address === '' ? [{ path: 'emailAddress', message: texts.missing }] : wellFormed ? [] : [{ path: 'emailAddress', message: texts.notAnAddress }]),
    ...fields.flatMap((field) => fieldFault(field, values, texts)),
    ...(chosen.length === 0 ? [{ path: 'topicIds', message: texts.chooseTopic }] : []),
    ...(form.consentText !== '' && !isTicked(values, 'consent') ? [{ path: 'consent', message: texts.consentMissing }] : []),
    ...(json ? unknownNames(fields, values) : []),
  ]
  const given = Object.fromEntries(fields.map(({ field: { name } }) => [name, plain(values.get(name)).trim()]).filter(([, text]) => text !== ''))
  return { asked: { emailAddress: address, given, targetListIds: chosen.map(({ id }) => id), textVersion: versionIn(form, values) }, faults }
}

/** PostgreSQL holds no NUL in a text, and half a character is none. */
const plain = (text: string | null): string => Buffer.from((text ?? '').replaceAll('\0', '')).toString()

function fieldFault({ field, required }: AskedField, values: URLSearchParams, texts: FormTexts): Fault[] {
  const text = plain(values.get(field.name))
  if (text.trim() === '' || (field.type === 'boolean' && !isTicked(values, field.name))) return required ? [{ path: field.name, message: texts.missing }] : []
  return storedValue(field, text) === null ? [{ path: field.name, message: texts.wrong }] : []
}

/** A company's own page may send more, such as its button; a program that does has misspelt something. */
function unknownNames(fields: readonly AskedField[], values: URLSearchParams): Fault[] {
  const known = new Set(['emailAddress', 'topicIds', 'consent', 'textVersion', trapName, ...fields.map(({ field }) => field.name)])
  return [...new Set(values.keys())].filter((name) => !known.has(name)).map((path) => ({ path, message: 'There is no such field.' }))
}

/** The text that the visitor has read: a page that was opened before, or made elsewhere, may show an older one. */
function versionIn({ textVersion }: OpenForm, values: URLSearchParams): number {
  const given = Number(values.get('textVersion') ?? textVersion)
  return Number.isInteger(given) && given >= 1 && given <= textVersion ? given : textVersion
}
