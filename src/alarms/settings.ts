/** Who is alarmed, of what, and after how long. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db, Tx } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import { invalid } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import type { Alarms } from './contract.ts'
import type { AlarmLevel, Rules } from './judge.ts'

export type AlarmSettings = Rules & { emailAddresses: string[]; version: number }

export async function readAlarmSettings(db: Db): Promise<AlarmSettings> {
  const row = await db.selectFrom('alarmSetting').select(['emailAddresses', 'level', 'afterMinutes', 'repeatDaily', 'version']).executeTakeFirstOrThrow()
  return { ...row, level: row.level as AlarmLevel }
}

type Change = { [Key in keyof Omit<AlarmSettings, 'version'>]?: AlarmSettings[Key] | undefined }

export async function changeAlarmSettings(tx: Tx, { emailAddresses, ...change }: Change, { actor, now, expectVersion }: { actor: Actor; now: Date; expectVersion(version: number): void }): Promise<void> {
  const { version } = await tx.selectFrom('alarmSetting').select('version').forUpdate().executeTakeFirstOrThrow()
  expectVersion(version)
  const addresses = emailAddresses && stored(emailAddresses)
  await tx.updateTable('alarmSetting').set({ ...given(change), ...(addresses && { emailAddresses: addresses }), version: version + 1, modifiedAt: now, modifiedBy: actor.userId }).execute()
  await audit(tx, actor, 'alarmsChanged', { type: 'Alarms', detail: { ...given(change), ...(addresses && { emailAddresses: addresses.length }) } })
}

/** As every address is stored; each once. All that are none are named at once. */
function stored(addresses: readonly string[]): string[] {
  const parsed = addresses.map((address) => parseAddress(address))
  const faults = parsed.flatMap(({ wellFormed, address }, index) => (wellFormed && address ? [] : [{ path: `emailAddresses.${index}`, message: 'This is not an email address.' }]))
  if (faults.length > 0) throw invalid(faults)
  return [...new Set(parsed.map(({ address }) => address))]
}

export async function presentAlarms(db: Db): Promise<Alarms> {
  const settings = await readAlarmSettings(db)
  const open = await db.selectFrom('alarm').selectAll().orderBy('toldAt').orderBy('code').execute()
  return { ...settings, webhooks: await countWebhooks(db), open: open.map(({ toldAt, level, ...alarm }) => ({ ...alarm, level: level as AlarmLevel, toldAt: toldAt.toISOString() })) }
}

/** Those that are on and want to hear of alarms. */
export async function countWebhooks(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from webhook where active and events && '{healthAlarm,healthOver}'`.execute(db)
  return rows[0]!.count
}
