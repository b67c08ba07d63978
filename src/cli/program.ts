/** All commands under one name, and what their ends mean: 0 done, 1 failed, 2 asked for in the wrong way. */
import { Command, CommanderError } from 'commander'
import { AppError } from '../platform/errors.ts'
import { apiKeyCommand } from './api-key.ts'
import { classifyCommand } from './classify.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { importCommand } from './import.ts'
import { jobCommand } from './job.ts'
import { migrateCommand } from './migrate.ts'
import { secretCommand } from './secret.ts'
import { sendTestCommand } from './send-test.ts'
import { settingsCommand } from './settings.ts'
import { startCommand } from './start.ts'
import { userCommand } from './user.ts'
import { verifyCommand } from './verify.ts'

const failed = 1
const wrongUsage = 2

const newProgram = (): Command => new Command('tidings')
  .description('Tidings, a self-hosted CRM for mass email. Settings come from the environment (TIDINGS_…, DATABASE_URL); '
    + 'commands work on the data folder (TIDINGS_DATA_DIR), whether a server runs on it or not.')
  .addCommand(startCommand())
  .addCommand(demoCommand())
  .addCommand(migrateCommand())
  .addCommand(importCommand())
  .addCommand(sendTestCommand())
  .addCommand(jobCommand())
  .addCommand(apiKeyCommand())
  .addCommand(userCommand())
  .addCommand(settingsCommand())
  .addCommand(secretCommand())
  .addCommand(doctorCommand())
  .addCommand(verifyCommand())
  .addCommand(classifyCommand())

/** Runs one command and answers the exit code. Errors are one sentence on stderr; with --json, an object. */
export async function runCommandLine(argv: string[]): Promise<number> {
  const program = newProgram()
  forAll(program, (command) => command.exitOverride())
  try {
    await program.parseAsync(argv)
    // A command that told everything, but nothing good, has set it.
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage
    report(error as Error, argv.includes('--json'))
    return error instanceof AppError && error.kind === 'invalid' ? wrongUsage : failed
  }
}

function forAll(command: Command, act: (command: Command) => void): void {
  act(command)
  for (const child of command.commands) forAll(child, act)
}

function report(error: Error, asJson: boolean): void {
  const code = error instanceof AppError ? error.code : 'failed'
  console.error(asJson ? JSON.stringify({ error: { code, message: error.message } }) : error.message)
}
