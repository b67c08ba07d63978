/** `tidings settings export` and `import`: settings as a file, without secrets. */
import { readFileSync, writeFileSync } from 'node:fs'
import { followAccountChange } from '../delivery/account-switch.ts'
import { invalid } from '../platform/errors.ts'
import { ringOf } from '../platform/secret-ring.ts'
import { openSecrets } from '../platform/secrets.ts'
import type { FileChange } from '../settings-file/contract.ts'
import { takeOverSettings, writeSettingsFile } from '../settings-file/settings-file.ts'
import { withInstallation } from './installation.ts'
import { command, group, shows } from './outcome.ts'
import { actorNamed } from './people.ts'

export const settingsCommand = () => group('settings', 'settings as a file, without secrets').addCommand(exportCommand()).addCommand(importCommand())

const exportCommand = () => command('export', 'write all settings but secrets as JSON')
  .argument('[file]', 'where to (default: shown)')
  .action(shows((file: string | undefined) => withInstallation(async ({ db, clock }) => {
    const settings = await writeSettingsFile(db, clock())
    const text = JSON.stringify(settings, null, 2)
    if (file === undefined) return { text, data: settings }
    writeFileSync(file, `${text}\n`)
    return { text: `The settings are in ${file}. Secrets are not.`, data: { file } }
  })))

const importCommand = () => command('import', 'take over settings from a file, all of it or nothing')
  .argument('<file>')
  .option('--dry-run', 'only say what would change')
  .option('--user <name>', 'who changes them: a user name (default: the first administrator)')
  .action(shows((file: string, options: { dryRun?: true; user?: string }) => {
    const content = contentOf(file)
    return withInstallation(async ({ db, clock, environment }) => {
      const by = { secrets: openSecrets(ringOf(environment)), actor: await actorNamed(db, options.user), now: clock() }
      const imported = await takeOverSettings(db, content, options.dryRun === true, by, followAccountChange)
      const lines = imported.changes.map(line)
      const head = lines.length === 0 ? 'Everything is as the file says already.' : options.dryRun ? 'This would change:' : 'Changed:'
      return { text: [head, ...lines].join('\n'), data: imported }
    })
  }))

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw invalid([{ path: '', message: error instanceof SyntaxError ? `${file} is not JSON.` : `There is no file ${file}.` }])
  }
}

const line = ({ group: of, key, before, after, secret }: FileChange): string =>
  `  ${of}.${key}: ${secret ? 'must be entered anew' : `${JSON.stringify(before)} → ${JSON.stringify(after)}`}`
