/** Makes a checkout ready, doing only what is missing: packages, a build, and for tests the servers they talk to. Needs nothing but Node. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alone, buildFolder, isBuilt, modulesFolder, removeOldBuilds, root, runningPrograms, sourceHash } from './checkout.mjs'
import { installTestServers } from './debian.mjs'

const lockFile = join(root, 'package-lock.json')
const installedStamp = join(modulesFolder, '.tidings-installed')

const [purpose = 'start', ...options] = process.argv.slice(2)
checkNode()
await alone(() => setUp(purpose), () => say('another set-up of this checkout is at work, waiting for it'))

function setUp() {
  if (purpose === 'test' && !options.includes('--without-servers')) installTestServers(say, stop)
  install()
  if (purpose !== 'dev') build()
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  stop(`Tidings needs Node 20.19 or later; this is ${process.versions.node}.`)
}

function install() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).update(`${process.platform} ${process.arch}`).digest('hex')
  if (existsSync(installedStamp) && readFileSync(installedStamp, 'utf8') === wanted) return
  if (!isInstalledByHand()) runNpmCi()
  writeFileSync(installedStamp, wanted)
}

function runNpmCi() {
  const running = existsSync(modulesFolder) ? runningPrograms() : []
  if (running.length > 0) {
    const pids = running.map(({ pid }) => pid).join(', ')
    stop(`package-lock.json has changed, and a Tidings that runs from this checkout (pid ${pids}) uses the installed packages. Stop it first.`)
  }
  say('installing packages (npm ci)')
  run('npm', ['ci', '--include=dev', '--loglevel=error'])
}

/** Somebody ran `npm ci` or `npm install` themselves: npm's own record of what it installed names the same versions. */
function isInstalledByHand() {
  const record = join(modulesFolder, '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages).filter(([path]) => path !== '')
  return wanted.every(([path, { version, optional }]) => installed[path] === undefined ? optional : installed[path].version === version)
    && Object.keys(installed).every((path) => wanted.some(([wantedPath]) => wantedPath === path))
}

/** Into a folder named after the sources, so that a server that runs from an older build keeps its files. */
function build() {
  const hash = sourceHash()
  if (!isBuilt(hash)) {
    say('building')
    run(process.execPath, [join(root, 'scripts/build.mjs'), buildFolder(hash)])
  }
  removeOldBuilds(hash)
}

function run(program, args) {
  // What programs print goes to stderr: stdout belongs to the command that follows, which may be asked for JSON.
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (error || status !== 0) stop(`${program} ${args[0]} did not succeed${error ? `: ${error.message}` : ''}.`)
}

function say(line) {
  console.error(`Set-up: ${line}…`)
}

function stop(line) {
  console.error(line)
  process.exit(1)
}
