/** Where the returned message begins in a text that carries it inline: from there on the words are ours, not the server's. */

/** Lines that servers write before a copy of the message. Each is looked for at the beginning of a line. */
const copies: { name: string; line: RegExp }[] = [
  { name: 'qmail and kin', line: /-{2,40} ?(?:below this line is|enclosed (?:is|are)|attachment is|undelivered message) .{0,40}/ },
  { name: 'Exim', line: /-{2,40} this is a copy of (?:the|your) message.{0,60}/ },
  { name: 'original message', line: /[-=*_ ]{0,30}(?:the |your )?(?:original|returned|rejected|undelivered|bounced) (?:e-?mail|message|text|mail)(?: (?:text|headers?|follows?|is|was|included|attached|below))*[ .:]*[-=*_]*$/ },
  { name: 'Original message follows', line: /-{0,8} ?(?:the )?(?:original|unsent) message (?:follows|is attached|header|text).{0,40}/ },
  { name: 'headers follow', line: /(?:-{2,40} ?)?(?:message|original|the|your|returned|received) ?(?:message )?headers? (?:follow|of (?:the|your)).{0,40}/ },
  { name: 'start of message', line: /[-=* ]{0,20}(?:start|beginning|copy|text|contents?|body|header|headers|first \d+ lines?) of (?:the |your |returned |original |undelivered |unsent |rejected )*(?:message|mail).{0,40}/ },
  { name: 'Message header', line: /-{2,40} ?(?:message|mail) (?:header|text|content)s?.{0,40}/ },
  { name: 'summary', line: /(?:a )?(?:summary|copy) of the undelivered message.{0,40}/ },
  { name: 'attached below', line: /(?:your|the) (?:original )?message (?:is|was) (?:returned|included|attached|reproduced) (?:below|here).{0,40}/ },
  { name: 'German', line: /[-=* ]{0,20}(?:ursprüngliche|originale?|zurückgesendete) (?:nachricht|mail).{0,40}/ },
  { name: 'French', line: /[-=* ]{0,20}message (?:d'origine|original|initial)[ :=*-]*$/ },
  { name: 'Spanish, Portuguese, Italian', line: /[-=* ]{0,20}(?:mensaje|mensagem|messaggio) original[ei]?[ :=*-]*$/ },
  { name: 'Japanese', line: /[-=* ]{0,20}(?:元の|オリジナル|送信した)(?:の)?(?:メッセージ|メール).{0,20}$/ },
]

const start = new RegExp(`^[ \\t>]*(?:${copies.map(({ line }) => line.source).join('|')})`, 'imu')

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
