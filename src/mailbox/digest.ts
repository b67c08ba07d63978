/** What a message says, whatever its way here: the same one is known again in another folder, under another UID, after a second delivery. Pure. */
import { createHash } from 'node:crypto'

/** Told apart by the fields that its writer set and by the whole body: a forged Message-ID does not hide a genuine report. */
const spoken = ['message-id', 'date', 'from', 'subject'] as const

export function digestOf(raw: Buffer): string {
  const { head, body } = split(raw)
  const hash = createHash('sha256')
  for (const name of spoken) hash.update(`${fieldOf(head, name) ?? ''}\n`)
  // Mailbox servers differ in line ends and in what they leave after the last line.
  return hash.update(body.toString('latin1').replaceAll('\r\n', '\n').trimEnd(), 'latin1').digest('base64url')
}

/** The first field of this name, unfolded (RFC 5322 2.2.3), or null. */
export function fieldOf(head: string, name: string): string | null {
  const found = new RegExp(`^${name}:((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)
  return found ? found[1]!.replace(/\r?\n[ \t]+/g, ' ').trim() : null
}

/** The header as text, and everything after the first empty line. */
export function split(raw: Buffer): { head: string; body: Buffer } {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((at) => at >= 0)
  const end = ends.length > 0 ? Math.min(...ends) : raw.length
  return { head: raw.subarray(0, end).toString('latin1'), body: raw.subarray(end) }
}
