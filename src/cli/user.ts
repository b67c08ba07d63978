/** `tidings user reset-password`: for an administrator who is locked out. */
import { audit } from '../access/audit.ts'
import { hashPassword, minimumPasswordLength } from '../access/passwords.ts'
import { newSecretText } from '../access/secret-text.ts'
import { endSessionsOf } from '../access/sessions.ts'
import { invalid } from '../platform/errors.ts'
import { withInstallation } from './installation.ts'
import { command, group, shows } from './outcome.ts'
import { actorNamed, userNamed } from './people.ts'

export const userCommand = () => group('user', 'the people who sign in').addCommand(resetPasswordCommand())

const resetPasswordCommand = () => command('reset-password', 'give a user a new password and end their sessions')
  .argument('[user]', 'user name (default: the first administrator)')
  .option('--password <password>', `the new one, ${minimumPasswordLength} characters or more (default: one is made up and shown)`)
  .action(shows((userName: string | undefined, options: { password?: string }) => {
    if (options.password !== undefined && options.password.length < minimumPasswordLength) {
      throw invalid([{ path: '--password', message: `must have at least ${minimumPasswordLength} characters.` }])
    }
    return withInstallation(async ({ db }) => {
      const user = await userNamed(db, userName)
      const password = options.password ?? newSecretText('').slice(0, 16)
      await db.updateTable('user').set({ passwordHash: await hashPassword(password) }).where('id', '=', user.id).execute()
      await endSessionsOf(db, user.id)
      await audit(db, await actorNamed(db, userName), 'passwordReset', { type: 'User', id: user.id, name: user.userName })
      return {
        text: `${user.userName} signs in with the new password now${options.password ? '.' : `: ${password}`}`,
        data: { userId: user.id, userName: user.userName, ...(options.password ? {} : { password }) },
      }
    })
  }))
