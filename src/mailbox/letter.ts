/** A message as a person reads it in a list: who, about what, and the writer's own words without the mail that it quotes. Pure. */
import postalMime from 'postal-mime'

const mostCharacters = 4_000

/** Lines that begin the quotation; mail programs agree on nothing more. */
const quotationBegins = [/^-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original)\s*-{2,}/i, /^_{10,}$/, /^(on|am|le|el)\b.{0,200}\b(wrote|schrieb|a écrit|escribió)\s*(.{0,200})?:$/i]

/** A message that no parser gets through is still a message: it is listed without words. */
export async function readLetter(raw: Buffer): Promise<{ from: string; subject: string; text: string }> {
  const { from, subject, text, html } = await postalMime.parse(raw).catch(() => ({ from: undefined, subject: '', text: '', html: '' }))
  return { from: from?.address || from?.name || '', subject: subject ?? '', text: ownWords(text ?? (html ?? '').replace(/<[^>]*>/g, ' ')) }
}

function ownWords(text: string): string {
  const lines = text.split(/\r?\n/)
  const end = lines.findIndex((line) => quotationBegins.some((pattern) => pattern.test(line.trim())))
  const own = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !line.startsWith('>'))
  return own.join('\n').replace(/\n{3,}/g, '\n\n').trim().slice(0, mostCharacters)
}
