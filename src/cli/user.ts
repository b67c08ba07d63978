/** `tidings user reset-password`: for an administrator who is locked out. */
import { audit } from '../access/audit.ts'
import { minimumPasswordLength } from '../access/passwords.ts'
import { newSecretText } from '../access/secret-text.ts'
import { readSecondFactor, removeSecondFactor } from '../access/second-factor.ts'
import { setPassword } from '../access/set-password.ts'
import { invalid } from '../platform/errors.ts'
import { withInstallation } from './installation.ts'
import { command, group, shows } from './outcome.ts'
import { actorNamed, userNamed } from './people.ts'

export const userCommand = () => group('user', 'the people who sign in').addCommand(resetPasswordCommand())

const resetPasswordCommand = () => command('reset-password', 'give a user a new password and end their sessions')
  .argument('[user]', 'user name (default: the first administrator)')
  .option('--password <password>', `the new one, ${minimumPasswordLength} characters or more (default: one is made up and shown)`)
  .option('--without-second-factor', 'also take away the second factor, for whoever lost the app and the recovery codes')
  .action(shows((userName: string | undefined, options: { password?: string; withoutSecondFactor?: true }) => {
    if (options.password !== undefined && options.password.length < minimumPasswordLength) {
      throw invalid([{ path: '--password', message: `must have at least ${minimumPasswordLength} characters.` }])
    }
    return withInstallation(async ({ db }) => {
      const user = await userNamed(db, userName)
      const password = options.password ?? newSecretText('').slice(0, 16)
      // Whoever may run this owns the installation: it is no user who turns off his own second factor.
      const actor = { ...await actorNamed(db, userName), userId: '' }
      const secondFactorRemoved = await db.transaction().execute(async (tx) => {
        await setPassword(tx, user.id, password)
        await audit(tx, actor, 'passwordReset', { type: 'User', id: user.id, name: user.userName })
        return options.withoutSecondFactor === true && removeSecondFactor(tx, actor, user)
      })
      const { on, required } = await readSecondFactor(db, user.id)
      const aboutSecondFactor = on ? '\nThe second factor is asked for as before; --without-second-factor takes it away.' : required ? '\nA second factor is required of this user: setting one up comes first after signing in.' : ''
      return {
        text: `${user.userName} signs in with the new password now${options.password ? '.' : `: ${password}`}${aboutSecondFactor}`,
        data: { userId: user.id, userName: user.userName, secondFactor: on, secondFactorRemoved, ...(options.password ? {} : { password }) },
      }
    })
  }))
