/** What a change must pass before it is shared, in the order of what fails fastest: types, lint, the Node floor, unit tests. */
import { spawnSync } from 'node:child_process'
import { root } from './checkout.mjs'

const steps = [
  ['types', 'node_modules/.bin/tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types.tsbuildinfo']],
  ['lint', 'node_modules/.bin/oxlint', ['--deny-warnings']],
  ['node floor', process.execPath, ['scripts/node-floor.mjs']],
  ['unit tests', 'node_modules/.bin/vitest', ['run', '--project', 'unit']],
]

for (const [name, program, args] of process.argv.includes('--fast') ? steps.slice(0, 3) : steps) {
  console.log(`— ${name}`)
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
