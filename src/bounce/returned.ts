/** Where the returned message begins in a text that carries it inline: from there on the words are ours, not the server's. */
import { phrases } from './phrases.ts'

const signs = '[-=*_ ]{0,30}'
const returnedMessage = '(original|returned|rejected|undelivered|bounced) (e-?mail|message|text|mail)'

/** What servers write at the beginning of a line before a copy of the message: qmail, Exim, sendmail, MailEnable and many more. */
const copies = phrases`
  -{2,40} ?(below this line is|enclosed (is|are)|attachment is|undelivered message) | -{2,40} this is a copy of (the|your) message
  ${signs}(the |your )?${returnedMessage}( (text|headers?|follows?|is|was|included|attached|below))*[ .:]*[-=*_]*$
  -{0,8} ?(the )?(original|unsent) message (follows|is attached|header|text)
  (-{2,40} ?)?(message|original|the|your|returned|received) ?(message )?headers? (follow|of (the|your)) | -{2,40} ?(message|mail) (header|text|content)s?
  ${signs}(start|beginning|copy|text|contents?|body|headers?|first \d+ lines?) of (the |your |returned |original |undelivered |unsent |rejected )*(message|mail)
  (a )?(summary|copy) of the undelivered message | (your|the) (original )?message (is|was) (returned|included|attached|reproduced) (below|here)
  ${signs}(ursprüngliche|originale?|zurückgesendete) (nachricht|mail) | ${signs}message (d'origine|original|initial)[ :=*-]*$
  ${signs}(mensaje|mensagem|messaggio) original[ei]?[ :=*-]*$ | ${signs}(元の|オリジナル|送信した)の?(メッセージ|メール).{0,20}$
`

const start = new RegExp(`^[ \\t>]*(?:${copies.source})`, 'imu')

/** A header section in the middle of a text: a trace field at the beginning of a line is what no server says by itself (RFC 5321 4.4). */
const header = /^(?:Return-Path: ?<|Received: ?(?:from|by|\(|with)|Content-Type: ?(?:message\/rfc822|text\/rfc822-headers))/im

export function splitAtReturned(words: string): { text: string; returned: string } {
  const copy = start.exec(words)
  const trace = header.exec(words)
  const at = Math.min(copy && copy.index > 0 ? copy.index : words.length, trace && trace.index > 0 ? trace.index : words.length)
  if (at === words.length) return { text: words, returned: '' }
  const rest = words.slice(at)
  const fields = /^[A-Za-z][\w-]{1,40}:/m.exec(rest)
  return { text: words.slice(0, at), returned: fields ? rest.slice(fields.index) : rest }
}
