/** Runs all tests: unit and engine, then real servers beside the whole program and a browser. Ends with one plain line: `N passed, N failed, N skipped`. */
import { spawn, spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { root } from './checkout.mjs'

const withoutServers = process.argv.includes('--without-servers')
const setup = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs'), 'test', ...process.argv.slice(2)], { stdio: 'inherit' })
if (setup.status !== 0) process.exit(1)

const reports = mkdtempSync(join(tmpdir(), 'tidings-tests-'))
const results = [await runProject('unit'), await runProject('engine')]
// Tests with real servers wait most of their time, and two browsers half of it: side by side they keep two processors busy.
const lanes = withoutServers ? [['whole']] : [['servers', 'whole'], ['browser']]
results.push(...(await Promise.all(lanes.map(runLane))).flat())
rmSync(reports, { recursive: true })

const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
console.log(`${total('passed')} passed, ${total('failed')} failed${total('skipped') > 0 ? `, ${total('skipped')} skipped` : ''}`)
process.exit(total('failed') > 0 || total('passed') === 0 ? 1 : 0)

async function runLane(projects) {
  const done = []
  for (const project of projects) done.push(await runProject(project))
  return done
}

/** What it prints is shown when it is through: two that print at once could not be read. */
async function runProject(project) {
  console.log(`— ${project} begins`)
  const report = join(reports, `${project}.json`)
  const output = join(reports, `${project}.txt`)
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = await runInto(output, join(root, 'node_modules/.bin/vitest'), args)
  console.log(`— ${project}\n${readFileSync(output, 'utf8')}`)
  const result = countsOf(report)
  // A file that cannot be loaded, or a run that broke off, has no failed test of its own and is a failure all the same.
  return status !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}

async function runInto(file, program, args) {
  const output = createWriteStream(file)
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.pipe(output, { end: false })
  child.stderr.pipe(output, { end: false })
  const status = await new Promise((resolve) => { child.once('close', resolve).once('error', () => resolve(1)) })
  output.end()
  await finished(output)
  return status
}

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
