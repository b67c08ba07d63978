/** `tidings send-test MASS-EMAIL`: the whole way of a real delivery, outside all figures; says what the mail server answered. */
import { sendTest, type TestResult } from '../delivery/send-test.ts'
import { openLog } from '../platform/log.ts'
import { invalid } from '../platform/errors.ts'
import { ringOf } from '../platform/secret-ring.ts'
import { openSecrets } from '../platform/secrets.ts'
import { startSandbox } from '../sandbox/service.ts'
import { withInstallation } from './installation.ts'
import { command, shows } from './outcome.ts'
import { actorNamed } from './people.ts'

type Options = { record: string[]; to?: string; confirmOptedOut?: boolean; user?: string }

export const sendTestCommand = () => command('send-test', 'send a test of a mass email and say what the mail server answered')
  .argument('<mass email id>')
  .requiredOption('--record <type:id...>', 'as whom it is rendered, such as Contact:0192…; they get it, unless --to is given')
  .option('--to <address>', 'who gets it instead')
  .option('--confirm-opted-out', 'mail those of them, too, who opted out')
  .option('--user <name>', 'who sends: a user name (default: the first administrator)')
  .action(shows((massEmailId: string, options: Options) => withInstallation(async ({ db, clock, environment }) => {
    const secrets = openSecrets(ringOf(environment))
    const recipients = options.record.map(referenceOf)
    // Without a server nobody else answers for the Sandbox.
    const sandbox = await startSandbox({ db, secrets, clock, log: openLog('silent') })
    try {
      const ground = { db, clock, secrets, actor: await actorNamed(db, options.user), now: clock() }
      const results = await sendTest(ground, massEmailId, { recipients, to: options.to, confirmOptedOut: options.confirmOptedOut })
      return { text: results.map(line).join('\n'), data: { results }, failed: results.some(({ status }) => status !== 'sent') }
    } finally {
      await sandbox.stop()
    }
  })))

function referenceOf(text: string): { entityType: string; id: string } {
  const [entityType, id] = text.split(':')
  if (!entityType || !id) throw invalid([{ path: '--record', message: `${text} is not TYPE:ID, such as Contact:0192…` }])
  return { entityType, id }
}

const line = ({ emailAddress, status, reason }: TestResult): string => `${emailAddress}: ${status}${reason ? ` (${reason})` : ''}`
