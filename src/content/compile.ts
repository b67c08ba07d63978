/** A whole mail compiled: subject, HTML and text with their slots, the faults found on the way, and what is added at the end. Pure. */
import { canBeQuoted, type HtmlScan, scanHtml, type Tag } from './html-scan.ts'
import type { MailPart, MailSource } from './mail-source.ts'
import { hasOptOut, htmlFooter, withTextFooter } from './opt-out-footer.ts'
import { findPlaceholders, type Placeholder } from './placeholder.ts'
import { holdsAny, linksInHtml, linksInText } from './plain-links.ts'
import type { Position } from './position.ts'
import { type Problem, problemFinder } from './problem.ts'
import { applyEdits, type Edit, type Slot, slotFor, type SlotMeaning, type Template } from './template.ts'
import { decodeReferences, textOfHtml } from './text-part.ts'
import type { Vocabulary } from './vocabulary.ts'

export type CompileOptions = {
  vocabulary: Vocabulary
  /** The number of a tracking URL that this mail may use; null when there is none with this id. */
  trackingNumber(id: string): number | null
  /** For "Track every link": the number under which clicks on a plain address are counted; null leaves the link alone. */
  numberOfLink?: ((url: string) => number | null) | undefined
  /** While sending, a field that was removed since leaves its fallback or nothing: nobody gets to read `{Doctor.speciality}`. */
  whatIsGone?: 'empty'
  /** Append the opt-out link and the postal address where the body has no opt-out link. */
  appendOptOut: boolean
  /** Room for the open pixel and the honeypot link at the end of the HTML; whether a person gets them is said when filling. */
  tracked: boolean
}

/** `optOutInBody`: the author has put an opt-out link where readers see it. */
export type CompiledMail = { subject: Template; html: Template | null; text: Template; problems: Problem[]; optOutInBody: boolean }

export function compileMail(source: MailSource, options: CompileOptions): CompiledMail {
  const problems: Problem[] = []
  const compiler = { options, problems }
  const subject = compilePlain(compiler, source.subject, 'subject')
  const bodies = source.format === 'text' ? textOnly(compiler, source) : htmlAndText(compiler, source)
  return { subject, ...bodies, problems }
}

type Compiler = { options: CompileOptions; problems: Problem[] }
type Bodies = Pick<CompiledMail, 'html' | 'text' | 'optOutInBody'>

function textOnly(compiler: Compiler, { body }: MailSource): Bodies {
  const text = compilePlain(compiler, body, 'body')
  return { html: null, text: footed(compiler, text), optOutInBody: hasOptOut(text) }
}

function htmlAndText(compiler: Compiler, { body, textBody }: MailSource): Bodies {
  const { appendOptOut, tracked } = compiler.options
  const { edits, scan } = readHtml(compiler, body)
  const optOutInBody = hasOptOut(applyEdits(body, edits))
  if (appendOptOut && !optOutInBody) edits.push(htmlFooter(scan.bodyEnd))
  const written = textBody === null ? null : compilePlain(compiler, textBody, 'textBody')
  const text = written ? footed(compiler, written) : textOfHtml(applyEdits(body, edits))
  return { html: applyEdits(body, tracked ? [...edits, trackingAt(scan.bodyEnd)] : edits), text, optOutInBody }
}

const footed = ({ options }: Compiler, text: Template): Template => (options.appendOptOut && !hasOptOut(text) ? withTextFooter(text) : text)

/** Where placeholders, links and the end of the body are, and what takes their place. */
function readHtml(compiler: Compiler, body: string): { edits: Edit[]; scan: HtmlScan } {
  const placeholders = findPlaceholders(body, compiler.options.vocabulary)
  const scan = scanHtml(body, placeholders)
  const slots = slotEdits(compiler, { source: body, part: 'body' }, placeholders, (index) => ({ position: scan.positions[index]!, hidden: scan.hidden[index]! }))
  const strayLess = scan.strayLess.map((at) => ({ start: at, end: at + 1, pieces: ['&lt;'] }))
  return { edits: [...slots, ...strayLess, ...quotesFor(body, scan.tags, placeholders), ...linkEdits(compiler, body, scan.tags, placeholders)], scan }
}

/** A value without quotes would end at the first space that fills it, or vanish when empty: it gets quotes. */
function quotesFor(body: string, tags: readonly Tag[], placeholders: readonly Placeholder[]): Edit[] {
  const bare = tags.flatMap(({ attributes }) => attributes)
    .filter((attribute) => attribute.quote === '' && holdsAny(attribute, placeholders) && canBeQuoted(body.slice(attribute.start, attribute.end)))
  return bare.flatMap(({ start, end }) => [start, end].map((at) => ({ start: at, end: at, pieces: ['"'] })))
}

function linkEdits({ options }: Compiler, body: string, tags: readonly Tag[], placeholders: readonly Placeholder[]): Edit[] {
  if (!options.numberOfLink) return []
  return linksInHtml(body, tags, placeholders).flatMap(({ attribute: { start, end, quote }, url }) => {
    const number = options.numberOfLink!(url)
    const marks = quote === '' ? ['"'] : []
    return number === null ? [] : [{ start, end, pieces: [...marks, slotFor({ kind: 'click', number }, url, 'url'), ...marks] }]
  })
}

const trackingAt = (at: number): Edit =>
  ({ start: at, end: at, pieces: [ourMarkup({ kind: 'honeypot' }), ourMarkup({ kind: 'pixel' })] })

/** Brings markup of our own, so nothing of it is escaped. */
const ourMarkup = (meaning: SlotMeaning): Slot => ({ ...slotFor(meaning, '', 'text'), escape: (markup) => markup })

/** A subject or a text part: nothing but placeholders, and in a text part links. */
function compilePlain(compiler: Compiler, source: string, part: MailPart): Template {
  const position: Position = part === 'subject' ? 'header' : 'raw'
  const placeholders = findPlaceholders(source, compiler.options.vocabulary)
  const edits = slotEdits(compiler, { source, part }, placeholders, () => ({ position, hidden: false }))
  if (part !== 'subject') edits.push(...textLinkEdits(compiler, source, placeholders))
  return applyEdits(source, edits)
}

function textLinkEdits({ options }: Compiler, text: string, placeholders: readonly Placeholder[]): Edit[] {
  if (!options.numberOfLink) return []
  return linksInText(text, placeholders).flatMap(({ start, end, url }) => {
    const number = options.numberOfLink!(url)
    return number === null ? [] : [{ start, end, pieces: [slotFor({ kind: 'click', number }, url, 'raw')] }]
  })
}

/** More than anybody reads. */
const mostProblems = 1000

type Standing = { position: Position; hidden: boolean }

/** A slot for each placeholder. What is unknown stays as written, and is a problem. */
function slotEdits(
  { options, problems }: Compiler, { source, part }: { source: string; part: MailPart }, placeholders: readonly Placeholder[], standingOf: (index: number) => Standing,
): Edit[] {
  const problemOf = problemFinder(options, source, part)
  return placeholders.flatMap((placeholder, index) => {
    const problem = problemOf(placeholder)
    if (problem && problems.length < mostProblems) problems.push(problem)
    const isGone = problem?.code === 'unknownField' && options.whatIsGone === 'empty'
    const meaning = problem && !isGone ? null : slotMeaning(placeholder, options)
    return meaning ? [{ start: placeholder.start, end: placeholder.end, pieces: [slotAt(standingOf(index), placeholder, meaning)] }] : []
  })
}

function slotAt({ position, hidden }: Standing, { code, fallback }: Placeholder, meaning: SlotMeaning): Slot {
  // In HTML a fallback is written as HTML is: "&amp;" means an ampersand.
  const isHtml = position !== 'raw' && position !== 'header'
  return slotFor(meaning, code, position, { fallback: isHtml ? decodeReferences(fallback ?? '') : (fallback ?? ''), hidden })
}

function slotMeaning({ meaning }: Placeholder, { trackingNumber }: CompileOptions): SlotMeaning | null {
  if (meaning.kind !== 'trackingUrl') return meaning
  const number = trackingNumber(meaning.id)
  return number === null ? null : { kind: 'click', number }
}
