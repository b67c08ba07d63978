/** Every change of settings, whoever asks for it: stored, written into history and audit log, and followed by what depends on it. One transaction. Answers the settings as they are then, and the fields whose values are others. */
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Tx } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import type * as api from './contract.ts'
import { type How, keepChange } from './history.ts'
import { expectImage } from './images.ts'
import { changeGeneral, changeOutboundEmails, type OutboundEmailSettings, presentOutboundEmails } from './settings.ts'

/** Called in the transaction of the change. Answers the mass emails that were paused because of it. */
export type OnOutboundChange = (tx: Tx, before: OutboundEmailSettings, after: OutboundEmailSettings, now: Date) => Promise<{ pausedMassEmailIds: string[] }>

/** Who changes, when and how. `expectVersion` is called with the stored version while the row is locked. */
export type By = { secrets: Secrets; actor: Actor; now: Date; how?: How; expectVersion?: (version: number) => void }

export type GeneralChange = z.output<typeof api.changeGeneral.body>
export type OutboundChange = z.output<typeof api.changeOutboundEmails.body>

const anyVersion = () => {}

export async function applyGeneral(tx: Tx, body: GeneralChange, { actor, now, how = 'changed', expectVersion = anyVersion }: By) {
  await expectImage(tx, body.logo)
  const { before, after } = await changeGeneral(tx, body, actor.userId, expectVersion)
  const fields = await keepChange(tx, 'general', { before, after }, { actor, now, how })
  await audit(tx, actor, 'settingsChanged', { type: 'General', detail: { fields: Object.keys(body) } })
  return { settings: after, fields }
}

export async function applyOutboundEmails(tx: Tx, body: OutboundChange, { secrets, actor, now, how = 'changed', expectVersion = anyVersion }: By, onChange: OnOutboundChange) {
  const { before, after } = await changeOutboundEmails(tx, secrets, body, actor.userId, expectVersion)
  const { pausedMassEmailIds } = await onChange(tx, before, after, now)
  const replaced = before.systemSmtp.passwordSealed === after.systemSmtp.passwordSealed ? [] : ['systemSmtp.password']
  const fields = await keepChange(tx, 'outboundEmails', { before, after, replaced }, { actor, now, how })
  await audit(tx, actor, 'settingsChanged', { type: 'OutboundEmails', detail: { fields: Object.keys(body) } })
  const switched = !before.systemSmtp.host && after.systemSmtp.host
  return { settings: { ...presentOutboundEmails(after), ...(switched && { pausedMassEmailIds }) }, fields }
}
