/** A Pending that the pre-flight refused is written down apart from the transaction that it undid: later somebody asks why nothing went out. */
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'

/** Why a mass email is a draft, for programs; its notice says it in words. */
export type NoticeCode = 'emptyAudience' | 'preflightFailed' | 'needsApproval'

/** Does the work, and where the pre-flight refuses it says so on the mass email, which is what it was before. */
export async function rememberingRefusal<Answer>(db: Db, massEmailId: string, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'preflightFailed') await remember(db, massEmailId, error.message)
    throw error
  }
}

/** What is Pending has passed; a refused change of it was not made. */
async function remember(db: Db, id: string, faults: string): Promise<void> {
  const noticeCode: NoticeCode = 'preflightFailed'
  await db.updateTable('massEmail').set({ notice: `The pre-flight stopped it: ${faults}`, noticeCode }).where('id', '=', id).where('frozenAt', 'is', null)
    .where('status', 'in', ['draft', 'paused']).where('deletedAt', 'is', null).execute()
}
