/** What is appended when a mail has no opt-out link: the company's postal address and the link, in the installation's language. */
import type { Position } from './position.ts'
import { type Edit, piecesOf, type Slot, slotFor, type Template, templateOf } from './template.ts'

const unsubscribe: Record<string, string> = { en: 'Unsubscribe', de: 'Abmelden', fr: 'Se désabonner', es: 'Darse de baja', uk: 'Відписатися' }

/** The words of the opt-out link in a language such as `de` or `de-AT`; English for all others. */
export function optOutWords(language: string): string {
  const base = language.slice(0, 2).toLowerCase()
  return Object.hasOwn(unsubscribe, base) ? unsubscribe[base]! : unsubscribe['en']!
}

// Nobody wrote them, so they have no code: an empty address is the pre-flight's business, not a fault of the template.
const address = (position: Position): Slot => slotFor({ kind: 'word', word: 'companyAddress' }, '', position)
const link = (position: Position): Slot => slotFor({ kind: 'link', link: 'optOutLink' }, '', position)

const style = 'margin:24px 0 0;font:12px/1.5 Arial,Helvetica,sans-serif;color:#666;text-align:center'

export const htmlFooter = (bodyEnd: number): Edit =>
  ({ start: bodyEnd, end: bodyEnd, pieces: [`<p style="${style}">`, address('text'), '<br>', link('text'), '</p>'] })

/** "-- " marks what follows as a signature (RFC 3676 §4.3). */
export const withTextFooter = (text: Template): Template =>
  templateOf([...piecesOf(text), '\n\n-- \n', address('raw'), '\n', link('raw'), '\n'])

/** Whether a reader can see an opt-out link. */
export const hasOptOut = ({ slots }: Template): boolean => slots.some(({ meaning, hidden }) =>
  !hidden && meaning.kind === 'link' && (meaning.link === 'optOutUrl' || meaning.link === 'optOutLink'))
