/** How PostgreSQL's own programs are found and run on this machine, as root too. When they run is embedded-postgres.ts's business. */
import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import { access, chown, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

/** PostgreSQL refuses to run as uid 0, so as root its programs run in a user namespace, or as a user of the system. */
export type PostgresProgram = {
  /** Starts `initdb` or `postgres` in a session of its own, out of reach of signals to our process group. */
  run(name: 'initdb' | 'postgres', args: string[], stdio: StdioOptions): ChildProcess
  /** Makes a folder belong to the user that PostgreSQL runs as. */
  give(folder: string): Promise<void>
}

type SystemUser = { name: string; uid: number; gid: number }

export async function findPostgresProgram(): Promise<PostgresProgram> {
  const native = await nativeFolder()
  if (process.getuid?.() !== 0) return direct(native)
  const user = nonRootUser()
  return canUnshare(user) ? inUserNamespace(native, user) : asSystemUser(native, user)
}

async function nativeFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const native = join(dirname(require.resolve(name)), '..', 'native')
    await hydrateSymlinks(native)
    return native
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or later.`)
  }
}

/** npm packages cannot hold symbolic links; the package lists them in a file, and its install script, which would make them, may be blocked. */
async function hydrateSymlinks(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(native, '..', target)
    const made = symlink(relative(dirname(target), source), place)
    await made.catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST') throw error })
  }
}

function direct(native: string): PostgresProgram {
  return {
    run: (name, args, stdio) => spawn(join(native, 'bin', name), args, { stdio, detached: true, env: environment() }),
    give: async () => {},
  }
}

/** Works from /root too and needs no system user: inside the namespace we are `user`, outside the files stay root's. The pid is PostgreSQL's own. */
function inUserNamespace(native: string, user: SystemUser): PostgresProgram {
  const map = ['-U', `--map-user=${user.uid}`, `--map-group=${user.gid}`]
  return {
    run: (name, args, stdio) => spawn('unshare', [...map, join(native, 'bin', name), ...args], { stdio, detached: true, env: environment() }),
    give: async () => {},
  }
}

/** Where namespaces are forbidden (some containers): the programs are laid where everybody can read them, and the folder becomes the user's. */
async function asSystemUser(native: string, { name: userName, uid, gid }: SystemUser): Promise<PostgresProgram> {
  const readable = mayRun(join(native, 'bin', 'postgres'), uid, gid) ? native : await publicCopy(native)
  return {
    run: (name, args, stdio) => spawn(join(readable, 'bin', name), args, { stdio, detached: true, env: environment(), uid, gid, cwd: '/' }),
    async give(folder) {
      await chown(folder, uid, gid)
      if (mayRun('/usr/bin/test', uid, gid, ['-w', folder])) return
      throw new Error(`PostgreSQL refuses to run as root, and the user ${userName} cannot reach ${folder}. `
        + 'Run Tidings as an ordinary user, or set TIDINGS_DATA_DIR to a folder that everybody may enter, such as /var/lib/tidings.')
    },
  }
}

async function publicCopy(native: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(tmpdir(), `tidings-postgres-${version}`)
  if (await access(copy).then(() => true, () => false)) return copy
  const unfinished = `${copy}-${process.pid}`
  await mkdir(unfinished, { mode: 0o755 })
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
  // Another process may have finished its copy first: then that one is as good as ours.
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }))
  return copy
}

/** initdb looks its user up by name, so a bare number will not do: the first ordinary user of the system, `nobody` at least. */
function nonRootUser(): SystemUser {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }))
  const user = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody') ?? users.find(({ uid }) => uid > 0)
  if (user) return user
  throw new Error('PostgreSQL refuses to run as root, and this system has no other user. Run Tidings as an ordinary user, or set DATABASE_URL.')
}

const canUnshare = ({ uid, gid }: SystemUser): boolean =>
  spawnSync('unshare', ['-U', `--map-user=${uid}`, `--map-group=${gid}`, 'true'], { stdio: 'ignore' }).status === 0

const mayRun = (program: string, uid: number, gid: number, args = ['--version']): boolean =>
  spawnSync(program, args, { stdio: 'ignore', uid, gid, cwd: '/' }).status === 0

/** Nothing of ours but the path: PG… variables and locales of the caller must not change what PostgreSQL does. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' })
