/** The PostgreSQL of the scenarios: a real server in a folder of its own that can be killed and started again, a database for each scenario. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { isPostmasterOf } from '../src/platform/process-identity.ts'

export class Database {
  readonly #folder: string
  #server: EmbeddedPostgres

  private constructor(folder: string, server: EmbeddedPostgres) {
    this.#folder = folder
    this.#server = server
  }

  static start = async (folder: string): Promise<Database> => new Database(folder, await openEmbeddedPostgres(folder))

  get port(): number {
    return Number(new URL(this.#server.url).port)
  }

  /** Of a database in it, reached by another port if one is given. */
  urlOf(name: string, port = this.port): string {
    const url = new URL(this.#server.url)
    url.pathname = `/${name}`
    url.port = String(port)
    return url.href
  }

  async create(name: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#server.url })
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
  }

  async drop(name: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#server.url })
    await client.connect()
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  }

  /** Ends one of its processes: it ends the others as well, replays its journal and goes on. */
  async killOneProcess(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#server.url })
    client.on('error', () => {})
    await client.connect()
    const { rows: [row] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    process.kill(row!.pid, 'SIGKILL')
    await client.end().catch(() => {})
  }

  kill = (): Promise<void> => killServerIn(this.#folder)

  /** As whoever looks after a server would; it may come up at another port. */
  async restart(): Promise<void> {
    this.#server = await openEmbeddedPostgres(this.#folder)
  }

  close = (): Promise<void> => this.#server.close()
}

/** Ends the database server of a data folder without giving it a moment. */
export async function killServerIn(folder: string): Promise<void> {
  const cluster = join(folder, 'postgres/cluster')
  const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
  if (!isPostmasterOf(cluster, pid)) throw new Error('No database server runs in this folder.')
  process.kill(pid, 'SIGKILL')
  while (isPostmasterOf(cluster, pid)) await wait(10)
}

/** Of the database that a program made in its data folder, as long as it runs. */
export function urlIn(folder: string): string {
  const home = join(folder, 'postgres')
  const [password, pidFile] = [readFileSync(join(home, 'password'), 'utf8'), readFileSync(join(home, 'cluster/postmaster.pid'), 'utf8')]
  return `postgres://tidings:${password}@127.0.0.1:${pidFile.split('\n')[3]}/tidings`
}
