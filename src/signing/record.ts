/** What a DNS record is found to be, and the tag lists that DKIM and DMARC records are written in. */

export const recordStates = ['ok', 'missing', 'wrong', 'unknown'] as const
export type RecordState = (typeof recordStates)[number]

/** `record` is what DNS answered; the message says what is, the advice what to do (empty when there is nothing to do). */
export type RecordCheck = { state: RecordState; record: string | null; message: string; advice: string }

export const fine = (record: string, message: string, advice = ''): RecordCheck => ({ state: 'ok', record, message, advice })
export const missing = (message: string, advice: string): RecordCheck => ({ state: 'missing', record: null, message, advice })
export const wrong = (record: string, message: string, advice: string): RecordCheck => ({ state: 'wrong', record, message, advice })
export const notKnown = (reason: string): RecordCheck => ({
  state: 'unknown', record: null, message: `DNS could not be asked: ${reason}.`, advice: 'Look at the resolver of this machine, or name one in TIDINGS_DNS.',
})

/** `a=1; b=2` (RFC 6376 3.2); null when it is no such list. Of a tag given twice there is no meaning: null as well. */
export function tagsOf(record: string): Map<string, string> | null {
  const tags = new Map<string, string>()
  for (const part of record.replace(/;\s*$/, '').split(';')) {
    const [, name, value] = /^\s*([a-z][a-z0-9_]*)\s*=\s*(.*?)\s*$/is.exec(part) ?? []
    if (name === undefined || tags.has(name)) return null
    tags.set(name, value!)
  }
  return tags
}
