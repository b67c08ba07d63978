/** `tidings import FILE`: a CSV or XLSX file into records, and into a target list. The file itself stays as it is. */
import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Actor } from '../access/actor.ts'
import { createTargetList } from '../audience/target-lists.ts'
import { importActions, type ImportSettings } from '../exchange/contract.ts'
import { importNow } from '../exchange/start-import.ts'
import { Option } from 'commander'
import type { Db } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { withInstallation } from './installation.ts'
import { command, shows } from './outcome.ts'
import { actorNamed } from './people.ts'

type Options = {
  type: string; targetList?: string; map: string[]; action: ImportSettings['action']; updateBy?: string
  skipDuplicates?: boolean; sheet?: string; missingLinks: ImportSettings['missingLinks']; dryRun?: boolean; user?: string
}

export const importCommand = () => command('import', 'import a CSV or XLSX file: its kind, delimiter, encoding and columns are found by themselves')
  .argument('<file>')
  .option('--type <entity type>', 'what the rows are', 'Contact')
  .option('--target-list <name>', 'the list that everybody in the file joins; made when there is none of this name')
  .option('--map <column=field>', 'what a column means, instead of the guess (may be repeated); naming one names all', (pair: string, pairs: string[]) => [...pairs, pair], [])
  .addOption(new Option('--action <action>', 'what becomes of a row').choices([...importActions]).default('create'))
  .option('--update-by <field>', 'how a row finds its record (default: emailAddress)')
  .option('--skip-duplicates', 'a row whose address exists already becomes no record')
  .option('--sheet <name>', 'of a spreadsheet (default: the first)')
  .addOption(new Option('--missing-links <what>', 'what becomes of a row that names a related record which is not there').choices(['reject', 'leaveEmpty', 'create']).default('reject'))
  .option('--dry-run', 'count and list, write no record')
  .option('--user <name>', 'who imports: a user name (default: the first administrator)')
  .action(shows((file: string, options: Options) => {
    if (!existsSync(file)) throw invalid([{ path: '', message: `There is no file ${file}.` }])
    return withInstallation(async ({ db, clock }) => {
      const actor = await actorNamed(db, options.user)
      const source = { path: resolve(file), name: basename(file) }
      const result = await importNow({ db, clock, progress: showProgress }, actor, source, await settingsOf(db, actor, options, clock()))
      const { created, updated, duplicates, rejected, warnings } = result
      const text = `${created} created, ${updated} updated, ${duplicates} duplicates, ${rejected} rejected, ${warnings} with a warning`
      return { text: options.dryRun ? `This would be: ${text}.` : `${text}.`, data: result }
    })
  }))

async function settingsOf(db: Db, actor: Actor, options: Options, now: Date): Promise<Partial<ImportSettings> & { entityType: string }> {
  return {
    entityType: options.type, action: options.action, missingLinks: options.missingLinks, ...(options.sheet !== undefined && { sheet: options.sheet }), skipDuplicates: options.skipDuplicates ?? false, dryRun: options.dryRun ?? false,
    ...(options.updateBy && { updateBy: options.updateBy }),
    ...(options.map.length > 0 && { mapping: mappingOf(options.map) }),
    ...(options.targetList && !options.dryRun && { targetListId: await targetListByName(db, actor, options.targetList, now) }),
  }
}

function mappingOf(pairs: string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => {
    const at = pair.lastIndexOf('=')
    if (at < 1) throw invalid([{ path: '--map', message: `${pair} is not column=field.` }])
    return [pair.slice(0, at), pair.slice(at + 1)]
  }))
}

/** The oldest of this name, since names need not be unique. */
async function targetListByName(db: Db, actor: Actor, name: string, now: Date): Promise<string> {
  const known = await db.selectFrom('targetList').select('id').where('name', '=', name).where('deletedAt', 'is', null)
    .orderBy('createdAt').limit(1).executeTakeFirst()
  return known?.id ?? db.transaction().execute((tx) => createTargetList(tx, actor, { name }, now))
}

/** On a terminal only: in a file or a pipe it would be noise. */
async function showProgress(done: number, total: number): Promise<void> {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} rows`)
}
