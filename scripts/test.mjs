/** Runs all tests: unit, the whole program, then those with real servers, then those in a browser. Ends with one plain line: `N passed, N failed, N skipped`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './checkout.mjs'

const withoutServers = process.argv.includes('--without-servers')
const setup = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs'), 'test', ...process.argv.slice(2)], { stdio: 'inherit' })
if (setup.status !== 0) process.exit(1)

const reports = mkdtempSync(join(tmpdir(), 'tidings-tests-'))
const results = (withoutServers ? ['unit', 'whole'] : ['unit', 'whole', 'servers', 'browser']).map(runProject)
rmSync(reports, { recursive: true })

const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
console.log(`${total('passed')} passed, ${total('failed')} failed${total('skipped') > 0 ? `, ${total('skipped')} skipped` : ''}`)
process.exit(total('failed') > 0 || total('passed') === 0 ? 1 : 0)

function runProject(project) {
  console.log(`— ${project}`)
  const report = join(reports, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  const result = countsOf(report)
  // A file that cannot be loaded, or a run that broke off, has no failed test of its own and is a failure all the same.
  return status !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
