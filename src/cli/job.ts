/** `tidings job run NAME`: a scheduled job now, whatever its schedule says. */
import { runJobNow } from '../jobs/jobs.ts'
import { followTask } from './follow-task.ts'
import { withInstallation } from './installation.ts'
import { command, group, shows } from './outcome.ts'

export const jobCommand = () => group('job', 'scheduled jobs').addCommand(runCommand())

const runCommand = () => command('run', 'run a scheduled job now, also when it is inactive, and wait for its end')
  .argument('<name>', 'such as send-mass-emails')
  .action(shows((name: string) => withInstallation(async (installation) => {
    const { id } = await runJobNow(installation.db, name)
    const { result } = await followTask(installation, id)
    const counts = Object.entries(result ?? {}).map(([what, count]) => `${what} ${String(count)}`).join(', ')
    return { text: `${name} is done${counts ? `: ${counts}` : ''}.`, data: { job: name, taskId: id, result } }
  })))
