/** Which notices each person wants by mail: what he chose, else what is usual for the kind. */
import type { Db, Tx } from '../platform/db.ts'
import { aboutKind, type NoticeKind, noticeKinds } from '../notices/kinds.ts'
import type { NoticeMailChoices } from './contract.ts'
import { type Choice, usualChoice } from './plan.ts'

/** `usual` is what counts where he chose nothing. */
export async function choicesOf(db: Db, userId: string, lastSignInAt: Date | null): Promise<{ choiceOf: (kind: NoticeKind) => Choice; usual: (kind: NoticeKind) => Choice }> {
  const usual = (kind: NoticeKind) => usualChoice(kind, { hasSignedIn: lastSignInAt !== null })
  const rows = await db.selectFrom('noticeMailChoice').select(['kind', 'choice']).where('userId', '=', userId).execute()
  const chosen = new Map(rows.map(({ kind, choice }) => [kind, choice as Choice]))
  return { usual, choiceOf: (kind) => chosen.get(kind) ?? usual(kind) }
}

export async function presentChoices(db: Db, userId: string): Promise<NoticeMailChoices> {
  const { emailAddress, lastSignInAt } = await db.selectFrom('user').select(['emailAddress', 'lastSignInAt']).where('id', '=', userId).executeTakeFirstOrThrow()
  const { choiceOf, usual } = await choicesOf(db, userId, lastSignInAt)
  const kinds = noticeKinds.map((kind) => ({ kind, title: aboutKind[kind].title, levels: [...aboutKind[kind].levels], choice: choiceOf(kind), usual: usual(kind) }))
  return { emailAddress, kinds }
}

/** `null` goes back to what is usual. */
export async function changeChoices(tx: Tx, userId: string, change: Partial<Record<NoticeKind, Choice | null | undefined>>): Promise<void> {
  for (const [kind, choice] of Object.entries(change)) {
    if (choice === undefined) continue
    if (choice === null) await tx.deleteFrom('noticeMailChoice').where('userId', '=', userId).where('kind', '=', kind).execute()
    else await tx.insertInto('noticeMailChoice').values({ userId, kind, choice }).onConflict((conflict) => conflict.columns(['userId', 'kind']).doUpdateSet({ choice })).execute()
  }
}
