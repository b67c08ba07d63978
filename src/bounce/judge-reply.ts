/** What a server's refusal says about the address: a cause, and the rule that found it. Pure; delivery asks it about replies to RCPT. */
import { type Cause, isDead } from './causes.ts'
import { plainWords } from './plain-words.ts'
import { providerRules } from './provider-rules.ts'
import { statusRules, subjectRules } from './status-codes.ts'
import { textRules } from './text-rules.ts'

export type Judgement = { cause: Cause; rule: string }

const silent: Judgement = { cause: 'undefined', rule: 'no rule' }

/** Words before codes: `550 5.1.1 mailbox full` is a full mailbox, `550 5.7.1 user unknown` an unknown user. */
export function judgeReply(text: string, status: string | null): Judgement {
  const words = judgeWords(text)
  // What is vague in words may be clear in the code.
  if (words && words.cause !== 'refused') return words
  return (status === null ? null : judgeStatus(status)) ?? words ?? silent
}

export function judgeWords(text: string): Judgement | null {
  const provider = providerRules.find(({ says }) => says.test(text))
  if (provider) return { cause: provider.cause, rule: `provider: ${provider.name}` }
  const words = plainWords(text)
  const rule = words === '' ? undefined : textRules.find(({ says }) => says.test(words))
  return rule ? { cause: rule.cause, rule: `words: ${rule.name}` } : null
}

function judgeStatus(status: string): Judgement | null {
  const [, level, subject, detail] = /^([245])\.(\d{1,3})\.(\d{1,3})$/.exec(status) ?? []
  const code = `${subject}.${detail}`
  const found = statusRules.find((rule) => rule.code === code) ?? subjectRules.find((rule) => rule.code === subject)
  if (!found) return null
  const rule = `status: ${level}.${code} ${found.why}`
  // RFC 3463 2: a 4 is a persistent transient failure. It passes, so the address lives.
  return isDead(found.cause) && level !== '5' ? { cause: 'network', rule } : { cause: found.cause, rule }
}

/** For a reply to RCPT: `text` is what the server said, with its codes or without; `enhanced` as in RFC 2034, or null. */
export const isDeadAddress = ({ code, enhanced, text }: { code: number; enhanced: string | null; text: string }): boolean =>
  code >= 500 && isDead(judgeReply(text.startsWith(String(code)) ? text : `${code} ${text}`, enhanced).cause)
