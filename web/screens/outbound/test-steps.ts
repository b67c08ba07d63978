/** How far a test of an account came, as steps that a person knows. Pure. */
import type { OutboundAccount } from '../../../src/outbound/contract.ts'

export type Step = { title: string; state: 'done' | 'failed' | 'left' }

const stages = {
  Connect: ['connect', 'banner', 'ehlo'], Encrypt: ['starttls'], 'Sign in': ['auth'], 'Send the mail': ['mail', 'rcpt', 'data', 'dot'],
}
type Title = keyof typeof stages

/** `withMail`: a mail was to be sent, too. */
export function stepsOf({ ok, stage }: { ok: boolean; stage: string }, { security }: Pick<OutboundAccount, 'security'>, withMail: boolean): Step[] {
  const titles = (Object.keys(stages) as Title[]).filter((title) => (title !== 'Encrypt' || security !== 'none') && (title !== 'Send the mail' || withMail))
  const reached = ok ? titles.length : titles.findIndex((title) => stages[title].includes(stage))
  return titles.map((title, index) => ({ title, state: index < reached ? 'done' : index === reached ? 'failed' : 'left' }))
}
