/** `tidings api-key create`: a key for programs, which may do what its user may, or a part of that. */
import { giveApiKey } from '../access/api-keys.ts'
import { type Scope, scopes } from '../access/scopes.ts'
import { invalid } from '../platform/errors.ts'
import { withInstallation } from './installation.ts'
import { command, group, shows } from './outcome.ts'
import { actorNamed, userNamed } from './people.ts'

export const apiKeyCommand = () => group('api-key', 'keys for programs that use the API').addCommand(createCommand())

type Options = { user?: string; name: string; scope?: string[]; expires?: string }

const createCommand = () => command('create', 'make an API key and show it, once')
  .option('--user <name>', 'whose rights it carries: a user name (default: the first administrator)')
  .option('--name <name>', 'what it is for', 'Made on the command line')
  .option('--scope <scope...>', `what it may be used for (default: everything that its user may do): ${scopes.join(', ')}`)
  .option('--expires <time>', 'until when it is good: a day (2031-01-01) or a time (2031-01-01T12:00:00Z), in UTC (default: for ever)')
  .action(shows(({ user: userName, name, ...limits }: Options) => {
    const { scopes: wanted, expiresAt } = readLimits(limits)
    return withInstallation(async ({ db, clock }) => {
      const user = await userNamed(db, userName)
      const actor = await actorNamed(db, userName)
      const key = await db.transaction().execute((tx) => giveApiKey(tx, actor, { name, userId: user.id, createdBy: user.id, scopes: wanted, expiresAt }, clock()))
      const reach = `${wanted ? `, for ${wanted.join(', ')} alone` : ''}${expiresAt ? `, until ${expiresAt.toISOString()}` : ''}`
      return {
        text: `${key.secret}\nThis key acts as ${user.userName}${reach}. It is not shown again.`,
        data: { id: key.id, name: key.name, userId: user.id, scopes: key.scopes, expiresAt, key: key.secret },
      }
    })
  }))

function readLimits({ scope, expires }: Pick<Options, 'scope' | 'expires'>): { scopes: Scope[] | undefined; expiresAt: Date | null } {
  const given = scope?.flatMap((text) => text.split(',')).map((text) => text.trim()).filter(Boolean)
  const unknown = given?.filter((text) => !(scopes as readonly string[]).includes(text)) ?? []
  const expiresAt = expires === undefined ? null : new Date(expires)
  const faults = [
    ...unknown.map((text) => ({ path: '--scope', message: `There is no scope ${text}. It is one of ${scopes.join(', ')}.` })),
    ...(expiresAt && Number.isNaN(expiresAt.getTime()) ? [{ path: '--expires', message: `${expires} is not a day or time, such as 2031-01-01.` }] : []),
  ]
  if (faults.length > 0) throw invalid(faults)
  return { scopes: given as Scope[] | undefined, expiresAt }
}
