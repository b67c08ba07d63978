/** `npm run faults [-- NAME… | --quick | --list | --page]`: breaks things on purpose and checks what came of it. One JSON line a scenario; exit code 1 when an invariant is broken. */
import { cpus } from 'node:os'
import { Command } from 'commander'
import { keep, writePage } from './results.ts'
import { leaveEverything, runScenario, type Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'

const command = new Command('faults')
  .argument('[names...]', 'which scenarios; none: all of them')
  .option('--quick', 'only those that run in npm test')
  .option('--list', 'name the scenarios and what each promises')
  .option('--page', 'afterwards write the table of docs/reliability.md from all results kept')
  .parse()

const { quick, list, page } = command.opts<{ quick?: true; list?: true; page?: true }>()
const chosen = choose(command.args)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void leaveEverything().finally(() => process.exit(130)) })

if (list) for (const { name, promise } of chosen) console.log(`${name}: ${promise}`)
else if (!page || command.args.length > 0) process.exitCode = await runAll(chosen)
if (page) writePage(scenarios)

function choose(names: readonly string[]): readonly Scenario[] {
  const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name))
  if (unknown.length > 0) command.error(`There is no scenario ${unknown.join(', ')}. There are: ${scenarios.map(({ name }) => name).join(', ')}.`, { exitCode: 2 })
  return scenarios.filter((scenario) => (names.length === 0 || names.includes(scenario.name)) && (!quick || scenario.quick))
}

/** One after the other: each has the machine for itself. */
async function runAll(chosen: readonly Scenario[]): Promise<number> {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`
  let code = 0
  for (const scenario of chosen) {
    const result = await runScenario(scenario)
    console.log(JSON.stringify(result))
    keep(result, machine)
    if (!result.ok) code = 1
  }
  return code
}
