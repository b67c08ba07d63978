/** The program: reads the command line and does what it says. Every command is a file in src/cli. */
import { runCommandLine } from './cli/program.ts'

process.exitCode = await runCommandLine(process.argv)
