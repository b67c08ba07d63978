/** The choices that make a difference for a kind of notice. Pure. */
import type { NoticeMailChoices } from '../../../src/notice-mail/contract.ts'

type Kind = NoticeMailChoices['kinds'][number]

const isTrouble = (level: Kind['levels'][number]) => level === 'warning' || level === 'error'

/** Where it is always trouble, or never, there is only yes and no. */
export function choicesOf(levels: Kind['levels'], choice: Kind['choice']): { value: string; data: { value: Kind['choice']; label: string }[] } {
  const never = { value: 'never', label: 'No' } as const
  if (levels.every(isTrouble)) return { value: choice === 'never' ? 'never' : 'trouble', data: [{ value: 'trouble', label: 'Mail' }, never] }
  if (!levels.some(isTrouble)) return { value: choice === 'always' ? 'always' : 'never', data: [{ value: 'always', label: 'Mail' }, never] }
  return { value: choice, data: [{ value: 'always', label: 'Mail' }, { value: 'trouble', label: 'Only trouble' }, never] }
}

const forAdministrators: readonly Kind['kind'][] = ['accountBroken', 'accountWorks', 'mailboxBroken', 'mailboxWorks', 'domainOutage', 'jobFailed', 'jobWorks', 'slowFilter', 'indexMade']
export const isForAdministrators = (kind: Kind['kind']): boolean => forAdministrators.includes(kind)
