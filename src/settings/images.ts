/** The logo in the database: kept under the hash of what is in it, shown to everybody. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { readPicture } from './image.ts'
import { type GeneralSettings, publicUrlOf } from './settings.ts'

/** Answers its id. The same picture twice is one. `path` names the field that is wrong where it is none. */
export async function keepImage(db: Db, content: string, by: { userId: string; now: Date }, path = 'content'): Promise<string> {
  const bytes = Buffer.from(content, 'base64')
  const picture = readPicture(bytes)
  if (typeof picture === 'string') throw invalid([{ path, message: picture }])
  const id = createHash('sha256').update(bytes).digest('hex')
  await db.insertInto('settingImage').values({ id, ...picture, content: bytes, createdAt: by.now, createdBy: by.userId || null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ createdAt: by.now })).execute()
  return id
}

export const readImage = (db: Db, id: string) => db.selectFrom('settingImage').selectAll().where('id', '=', id).executeTakeFirst()

export async function expectImage(tx: Tx, id: string | null | undefined): Promise<void> {
  if (id && !(await readImage(tx, id))) throw invalid([{ path: 'logo', message: 'There is no such picture here any more. Upload it again.' }])
}

/** Where everybody may see it; null where there is none. */
export const logoUrlOf = (general: GeneralSettings): string | null => (general.logo === null ? null : `${publicUrlOf(general)}/i/${general.logo}`)

/** Clean Up: what neither the settings nor their history name; not before a day, because it is uploaded before it is chosen. */
export async function forgetUnusedImages(db: Db, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from setting_image i where created_at < ${new Date(now.getTime() - 24 * 3600_000)}
       and not exists (select from setting s where s.name = 'general' and s.value ->> 'logo' = i.id)
       and not exists (select from setting_change c where c.of_group = 'general' and strpos(c.fields::text, i.id) > 0)`.execute(db)
  return Number(numAffectedRows ?? 0)
}
