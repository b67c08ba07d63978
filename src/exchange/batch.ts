/** Writes one batch of rows in one transaction: records, memberships, what became of each row, and the counts. Never half a row. */
import { sql } from 'kysely'
import { addMembers, recordsById } from '../audience/members.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { textArray } from '../platform/text-array.ts'
import { holdDefinitions } from '../records/entity-types.ts'
import { insertRecords, updateEach } from '../records/store.ts'
import { keepingAnAdministrator } from '../records/user-rules.ts'
import type { RowOutcome } from './contract.ts'
import { type Judged, judgeRows, nothingSeen, type Seen, type Target } from './judge.ts'
import { makeNamed, type NewNames } from './named-links.ts'
import type { ImportPlan } from './plan.ts'
import { writeRefusals } from './refusals.ts'
import { noteMade } from './revert-linked.ts'
import type { ReadRow } from './row.ts'

export type Counts = { created: number; updated: number; duplicates: number; rejected: number; warnings: number }
/** `doneThrough`: the rows up to this line are in. */
export type Run = { importId: string; plan: ImportPlan; userId: string | null; now: Date; doneThrough: number }

/** `seen` is kept over the whole file when nothing is written, because the tables do not know the earlier rows then. */
export async function writeBatch(db: Db, run: Run, rows: readonly ReadRow[], seen: Seen | null): Promise<void> {
  await keepingAnAdministrator(db, run.plan.type, async (tx) => {
    if ((await holdDefinitions(tx)) !== run.plan.stamp) throw new DefinitionsChanged()
    const { judged, newNames } = await judgeRows(tx, run.plan, rows, seen ?? nothingSeen())
    if (!run.plan.settings.dryRun) {
      await writeRecords(tx, run, judged, newNames)
      await writeRefusals(tx, run.plan, judged, run)
    }
    await writeOutcomes(tx, run, judged)
    await passMark(tx, run, rows.at(-1)!.line)
  })
  run.doneThrough = rows.at(-1)!.line
}

/** This worker was silent for so long that another one was given its import. */
export class TakenOver extends AppError {
  constructor() {
    super('conflict', 'takenOver', 'Another worker has gone on with this import.')
  }
}

/** The plan was made with other definitions: it may write a field that is not there any more, or miss what one asks for now. */
export class DefinitionsChanged extends AppError {
  constructor() {
    super('conflict', 'definitionsChanged', 'The definitions of the entity types were changed meanwhile.')
  }
}

/** The mark is where this run put it, or another worker has gone on with the import: then nothing of this batch may stay. */
async function passMark(tx: Tx, { importId, doneThrough }: Run, line: number) {
  const { numAffectedRows } = await sql`
    update import set done_through = ${line} where id = ${importId} and done_through = ${doneThrough}`.execute(tx)
  if (numAffectedRows !== 1n) throw new TakenOver()
}

async function writeRecords(tx: Tx, { importId, plan, userId, now }: Run, judged: readonly Judged[], newNames: NewNames) {
  const targets = [...new Set(judged.flatMap((each) => ('target' in each ? [each.target] : [])))]
  await noteMade(tx, importId, await makeNamed(tx, plan.type, targets.map(({ stored }) => stored), newNames, { userId, now }))
  const created = targets.filter(({ isNew }) => isNew)
  const ids = await insertRecords(tx, plan.type, created.map(({ stored }) => stored), { userId, now }, plan.defaults)
  created.forEach((target, index) => { target.id = ids[index]! })
  await updateEach(tx, plan.type, targets.filter(isChanged).map(({ id, stored }) => ({ id: id!, change: stored })), { userId, now })
  const { targetListId } = plan.settings
  if (!targetListId || targets.length === 0) return
  await addMembers(tx, { targetListId, source: 'import', addedBy: userId }, recordsById(plan.type.name, targets.map(({ id }) => id!)), now)
}

const isChanged = ({ isNew, stored }: Target) => !isNew && Object.keys(stored).length > 0

type OutcomeRow = { line: number; outcome: RowOutcome; recordId: string | null; reason: string; cells: string[] | null }

async function writeOutcomes(tx: Tx, { importId, plan }: Run, judged: readonly Judged[]) {
  const outcomes = judged.flatMap((each) => outcomesOf(each, plan.settings.dryRun))
  const list = (key: 'outcome' | 'recordId' | 'reason') => textArray(outcomes.map((outcome) => outcome[key]))
  await sql`
    insert into import_row (import_id, line, outcome, record_id, reason, cells)
    select ${importId}::uuid, v.line, v.outcome, v.record_id, v.reason, v.cells::jsonb
      from unnest(${outcomes.map(({ line }) => line)}::int[], ${list('outcome')}::text[], ${list('recordId')}::uuid[], ${list('reason')}::text[],
                  ${textArray(outcomes.map(({ cells }) => cells && JSON.stringify(cells)))}::text[])
           as v (line, outcome, record_id, reason, cells)`.execute(tx)
  const count = (outcome: RowOutcome) => outcomes.filter((each) => each.outcome === outcome).length
  await sql`
    update import set created = created + ${count('created')}, updated = updated + ${count('updated')},
           duplicates = duplicates + ${count('duplicate')},
           rejected = rejected + ${count('rejected')}, warnings = warnings + ${count('warning')}
     where id = ${importId}`.execute(tx)
}

/** A warning stands beside what became of the row. Cells are kept where a person may want to mend the row. */
function outcomesOf(judged: Judged, dryRun: boolean): OutcomeRow[] {
  const { row, outcome } = judged
  const recordId = 'target' in judged && !dryRun ? judged.target.id : null
  if (outcome === 'rejected' || outcome === 'duplicate') {
    return [{ line: row.line, outcome, recordId, reason: judged.reason, cells: row.cells.map(storable) }]
  }
  const own: OutcomeRow = { line: row.line, outcome, recordId, reason: '', cells: null }
  return row.warning === null ? [own] : [own, { ...own, outcome: 'warning', reason: row.warning }]
}

/** jsonb holds no NUL. */
const storable = (cell: string) => cell.replaceAll('\0', '\ufffd')
