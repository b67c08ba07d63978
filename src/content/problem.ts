/** What is wrong with a placeholder, where it stands, and what was probably meant. Pure. */
import { assignedUser, knowsPath, nearestPath, typesNamed, type Vocabulary } from './vocabulary.ts'
import type { MailPart } from './mail-source.ts'
import type { Placeholder } from './placeholder.ts'

/** Line and column count from 1. */
export type Problem = {
  code: 'unknownField' | 'unknownTrackingUrl'
  placeholder: string
  part: MailPart
  line: number
  column: number
  message: string
}

type Known = { vocabulary: Vocabulary; trackingNumber(id: string): number | null }
type Fault = Pick<Problem, 'code' | 'message'>

/** Finds what is wrong in one part of a mail; the same code is looked up only once, however often it stands there. */
export function problemFinder(known: Known, source: string, part: MailPart): (placeholder: Placeholder) => Problem | null {
  const faults = new Map<string, Fault | null>()
  const placeOf = placesIn(source)
  return (placeholder) => {
    const { code } = placeholder
    const fault = faults.has(code) ? faults.get(code)! : faultOf(placeholder, known)
    faults.set(code, fault)
    return fault && { ...fault, placeholder: code, part, ...placeOf(placeholder.start) }
  }
}

function faultOf({ meaning, code }: Placeholder, { vocabulary, trackingNumber }: Known): Fault | null {
  if (meaning.kind === 'trackingUrl') {
    if (trackingNumber(meaning.id) !== null) return null
    return { code: 'unknownTrackingUrl', message: `There is no tracking URL for ${code}. Copy the code from the campaign's Tracking URLs.` }
  }
  if (meaning.kind !== 'record' && meaning.kind !== 'user') return null
  const name = meaning.kind === 'user' ? assignedUser : meaning.entityType
  return unknownField(vocabulary, name, meaning.path, code)
}

function unknownField(vocabulary: Vocabulary, name: string, path: string, code: string): Fault | null {
  const types = typesNamed(vocabulary, name)
  if (types.some((type) => knowsPath(vocabulary, type, path))) return null
  const nearest = nearestPath(vocabulary, types, path)
  const advice = nearest === null ? 'Choose one from the placeholders menu.' : `Did you mean {${name}.${nearest}}?`
  return { code: 'unknownField', message: `${code} names a field that ${name} does not have. ${advice}` }
}

/** Asked for offsets in ascending order, so every line is counted once. */
function placesIn(source: string): (offset: number) => { line: number; column: number } {
  const lineEnds = source.matchAll(/\r\n|\r|\n/g)
  let [line, lineStart, next] = [1, 0, lineEnds.next()]
  return (offset) => {
    for (; !next.done && next.value.index < offset; next = lineEnds.next()) [line, lineStart] = [line + 1, next.value.index + next.value[0].length]
    return { line, column: offset - lineStart + 1 }
  }
}
