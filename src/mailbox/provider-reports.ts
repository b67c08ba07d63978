/** What providers tell of our mail by webhook, in the words of the classifier: judged, proved and logged as returned mail is. */
import { createHash } from 'node:crypto'
import type { Classification } from '../bounce/classification.ts'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Keys } from '../platform/token.ts'
import { again } from '../response/again.ts'
import { keyOfText } from './findings.ts'
import { judgeClaim } from './judge.ts'
import { signsIn } from './signs.ts'
import { type Row, takeIn } from './take-in.ts'

export type ProviderReport = {
  /** Of the provider: the same event told again has the same. */
  eventId: string
  at: Date
  classification: Classification
  /** The recipient whom it is about. */
  recipient: string
  /** Text of the mail that was sent, or its header, in which our signature may stand. */
  returned: string
  /** As the provider wrote it, for people who look. */
  event: unknown
}

/** An event that was told before is passed over. `alongside` belongs to the same transaction. */
export async function takeReports(
  { db, secrets }: { db: Db; secrets: Secrets }, webhookId: string, reports: readonly ProviderReport[], now: Date, alongside: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  const keys = secrets.keys(linkKeyPurpose)
  const rows: Row[] = []
  for (const report of reports) rows.push(await judgeReport(db, keys, webhookId, report, now))
  await again(() => db.transaction().execute(async (tx) => {
    await alongside(tx)
    await takeIn(tx, { door: 'webhook', webhookId }, rows.filter(leavesRow), now, rows.filter((row) => !leavesRow(row)))
  }))
}

/** Other people's mail by the same provider is none of our business; and of thousands that arrived it is enough that they settle what was uncertain. */
const leavesRow = ({ judged: { outcome, classification } }: Row) => outcome !== 'ignored' && classification.kind !== 'delivered'

async function judgeReport(db: Db, keys: Keys, webhookId: string, report: ProviderReport, now: Date): Promise<Row> {
  const { eventId, at, classification, recipient, returned, event } = report
  const signs = signsIn(keys, Buffer.from(returned), classification.references)
  const { isOurs, ...judged } = await judgeClaim(db, { classification, signs, writer: keyOfText(recipient) }, now)
  return {
    id: newId(),
    // A provider's clock may run ahead of ours; nothing happens in the future.
    message: { uid: null, receivedAt: at < now ? at : now, raw: Buffer.from(JSON.stringify(event, null, 2)) },
    judged: { ...judged, classification, digest: digestOf(webhookId, eventId), kept: isOurs ? { from: recipient, subject: '', text: '' } : null },
  }
}

const digestOf = (webhookId: string, eventId: string): string => createHash('sha256').update(`webhook ${webhookId} ${eventId}`).digest('base64url')
