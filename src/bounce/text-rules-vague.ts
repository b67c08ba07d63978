/** Vague words, met last: the address may exist or not, so it lives. */
import { phrases } from './phrases.ts'
import type { TextRule } from './text-rules.ts'

const account = 'account|mailbox|mail ?box|user|recipient|address|domain|inbox|owner|customer|subscriber'
const asleep = "suspend|disabl|deactivat|inactiv|not active|isn't active|locked|frozen|on hold|dormant|"
  + "closed|discontinued|cancel|terminat|expired|blocked|restricted|unpaid|not enabled|turned off"
const asleepElsewhere = 'gesperrt|deaktiviert|inaktiv|desactive|suspendu|bloque|suspendid|desactivad|'
  + 'inativ|inattiv|disattivat|sospes|geblokkeerd|nieaktywn|zablokowan'

export const vagueRules: readonly TextRule[] = [
  {
    name: 'account put to sleep', cause: 'suspended', why: 'such accounts come back: unpaid, unused, locked by an administrator (RFC 3463 X.2.1)',
    says: phrases`
      (${account})\b ... (${asleep})
      (inactive|disabled|suspended|deactivated|dormant|closed) (user|account|mailbox|recipient|address|e-?mail)
      (konto|postfach|compte|boite|cuenta|buzon|conta|caixa|casella|account) ... (${asleepElsewhere})
      (ящик|аккаунт|учетн) ... (заблокирован|отключен|неактив) | (停止|停用|冻结|凍結|禁用|휴면|정지)
    `,
  },
  {
    name: 'command not understood', cause: 'syntax', why: 'two servers that do not understand each other (RFC 3463 X.5)',
    says: phrases`
      syntax error | command (not|unrecogni[sz]ed|is not|parameter|argument|rejected) | unrecogni[sz]ed command | bad (sequence|command)
      protocol (error|violation) | need (mail|rcpt|helo|ehlo) | out of (order|sequence) | not implemented | no valid recipients | valid rcpt
    `,
  },
  {
    name: 'later', cause: 'system', why: 'whoever says that something is so for now says that it will change',
    says: phrases`temporar | try (it )?(again|later) | currently (unavailable|not) | at this time | over ?load | busy | retry | please wait | transient | persistent`,
  },
  {
    name: 'refused without a reason', cause: 'refused', why: 'a no that names no reason may have any',
    says: phrases`
      denied | reject | refus | unavailable | not (accept|allow|permit) | declin | disallow | forbidden | prohibit | kill | discard
      unable to (deliver|process|accept) | cannot (be )?(deliver|accept|process)
    `,
  },
]
