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

export function problemOf(placeholder: Placeholder, known: Known, { source, part }: { source: string; part: MailPart }): Problem | null {
  const found = faultOf(placeholder, known)
  return found && { ...found, placeholder: placeholder.code, part, ...placeIn(source, placeholder.start) }
}

function faultOf({ meaning, code }: Placeholder, { vocabulary, trackingNumber }: Known): Pick<Problem, 'code' | 'message'> | null {
  if (meaning.kind === 'trackingUrl') {
    if (trackingNumber(meaning.id) !== null) return null
    return { code: 'unknownTrackingUrl', message: `There is no tracking URL for ${code}. Copy the code from the campaign's Tracking URLs.` }
  }
  if (meaning.kind !== 'record' && meaning.kind !== 'user') return null
  const name = meaning.kind === 'user' ? assignedUser : meaning.entityType
  return unknownField(vocabulary, name, meaning.path, code)
}

function unknownField(vocabulary: Vocabulary, name: string, path: string, code: string): Pick<Problem, 'code' | 'message'> | null {
  const types = typesNamed(vocabulary, name)
  if (types.some((type) => knowsPath(vocabulary, type, path))) return null
  const nearest = nearestPath(vocabulary, types, path)
  const advice = nearest === null ? `Choose one from the placeholders menu.` : `Did you mean {${name}.${nearest}}?`
  return { code: 'unknownField', message: `${code} names a field that ${name} does not have. ${advice}` }
}

function placeIn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
