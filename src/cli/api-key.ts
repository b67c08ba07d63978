/** `tidings api-key create`: a key for programs, with the rights of a user. */
import { createApiKey } from '../access/api-keys.ts'
import { audit } from '../access/audit.ts'
import { withInstallation } from './installation.ts'
import { command, group, shows } from './outcome.ts'
import { actorNamed, userNamed } from './people.ts'

export const apiKeyCommand = () => group('api-key', 'keys for programs that use the API').addCommand(createCommand())

const createCommand = () => command('create', 'make an API key and show it, once')
  .option('--user <name>', 'whose rights it carries: a user name (default: the first administrator)')
  .option('--name <name>', 'what it is for', 'Made on the command line')
  .action(shows((options: { user?: string; name: string }) => withInstallation(async ({ db }) => {
    const user = await userNamed(db, options.user)
    const key = await createApiKey(db, { name: options.name, userId: user.id, createdBy: user.id })
    await audit(db, await actorNamed(db, options.user), 'apiKeyCreated', { type: 'ApiKey', id: key.id, name: key.name })
    return {
      text: `${key.secret}\nThis key acts as ${user.userName}. It is not shown again.`,
      data: { id: key.id, name: key.name, userId: user.id, key: key.secret },
    }
  })))
