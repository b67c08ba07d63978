/** The real program on a real database, with senders that can be killed one by one, and the mail server that they talk to. */
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Api } from '../src/demo/api.ts'
import { environmentOf, type RunningProgram, runCommand, startProgram } from '../test/program.ts'
import { sendThrough } from '../test/servers/sending.ts'
import { MailServer } from './mail-server.ts'
import { type InstallationOptions, makeParts, type Parts, type Place } from './parts.ts'
import type { TcpProxy } from './tcp-proxy.ts'
import { Watch } from './watch.ts'

/** A "no" of whatever kind, and when the answer that it is committed had arrived. */
export type No = { emailAddress: string; committedAt: number }

/** Without a person, everything must go on again within this (spec 7). */
const recoverySeconds = 10

export class Installation {
  readonly servers: MailServer[]
  readonly connections: number
  readonly maxPerHour: number | null
  readonly noes: No[] = []
  readonly found: string[] = []
  /** Duplicates that the faults so far allow. */
  allowed = 0
  /** The longest time that it took to go on after a fault. */
  slowestRecovery = 0
  senders: RunningProgram[] = []
  web!: RunningProgram
  readonly #parts: Parts
  #watch: Watch | null = null

  private constructor(parts: Parts, options: InstallationOptions) {
    this.#parts = parts
    this.servers = [parts.server]
    this.connections = options.connections ?? 10
    this.maxPerHour = options.maxPerHour ?? null
  }

  static async start(place: Place, options: InstallationOptions = {}): Promise<Installation> {
    const installation = new Installation(await makeParts(place, options), options)
    try {
      await installation.#setUp(options)
      return installation
    } catch (error) {
      await installation.close()
      throw error
    }
  }

  async #setUp({ senders = 1, settings, ownDatabase }: InstallationOptions): Promise<void> {
    this.web = await this.startProgram(ownDatabase ? 'web,worker,sender' : 'web,worker')
    // An Uncertain delivery is tried again at once, so that a scenario need not wait for it.
    await sendThrough(this.api, this.server.port, {
      connections: this.connections, maxPerHour: this.maxPerHour, retryUncertainAfterSeconds: 0, openTracking: true,
    })
    if (settings) await this.api.patch('/settings/outbound-emails', settings)
    if (!ownDatabase) await Promise.all(Array.from({ length: senders }, () => this.startSender()))
    this.#watch = new Watch(() => this.query(orphans), () => ownDatabase === true || this.senders.length > 0)
  }

  get api(): Api {
    return this.web.api
  }

  get proxy(): TcpProxy {
    return this.#parts.proxy
  }

  get dataFolder(): string {
    return this.#parts.dataFolder
  }

  get server(): MailServer {
    return this.servers[0]!
  }

  get journal() {
    return this.server.journal
  }

  async startSender(): Promise<RunningProgram> {
    const sender = await this.startProgram('sender')
    this.senders.push(sender)
    return sender
  }

  /** A process more of the same installation. */
  startProgram(roles: string): Promise<RunningProgram> {
    return startProgram(this.dataFolder, { ...this.#parts.environment, TIDINGS_ROLES: roles })
  }

  /** kill -9 of the process that serves the API and runs the jobs, and another one in its place. */
  async replaceWeb(): Promise<void> {
    await this.web.end('SIGKILL')
    this.web = await this.startProgram('web,worker')
  }

  /** kill -9. Of what was on the wire, some may come twice. */
  async killSender(sender = this.senders[0]!): Promise<void> {
    this.allowed += 2 * this.connections
    await this.#end(sender, 'SIGKILL')
  }

  /** Asked to stop; answers when it has. */
  async stopSender(sender = this.senders[0]!): Promise<void> {
    const code = await this.#end(sender, 'SIGTERM')
    if (code !== 0) this.found.push(`A sender that was asked to stop ended with ${code}.`)
  }

  /** Another mail server beside the first. */
  async addServer(): Promise<MailServer> {
    const server = await MailServer.start(this.dataFolder, `journal-${this.servers.length}`)
    this.servers.push(server)
    return server
  }

  readonly query = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: this.#parts.databaseUrl(), connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows as Row[]
    } finally {
      await client.end().catch(() => {})
    }
  }

  /** Whoever waits for the next attempt need not wait longer: a minute is all the same to the ledger. */
  async hurry({ id }: { id: string }): Promise<void> {
    await this.query(`update delivery set due_at = now() where mass_email_id = $1 and status = 'pending' and attempts > 0`, [id])
  }

  /** Every connection to the mail server breaks, also of those whose message was just taken and not yet answered. */
  dropConnections(server = this.server): void {
    this.allowed += server.connectionsOpen
    server.dropAll()
  }

  /** Resolves once the database answers again. */
  async databaseAnswers(): Promise<void> {
    while (!await this.query('select 1').then(() => true, () => false)) await wait(50)
  }

  /** `tidings verify`: every difference between the figures and a recount. */
  async verify(): Promise<string[]> {
    const { code, stdout, stderr } = await runCommand(['verify'], environmentOf(this.dataFolder, { ...this.#parts.environment, TIDINGS_ROLES: 'web' }))
    return code === 0 ? [] : `${stdout}${stderr}`.trim().split('\n')
  }

  /** The fault is over now: waits until more mail arrives than was under way, and takes note when that takes too long. */
  async recovers(): Promise<void> {
    const [enough, start] = [this.journal.entries.length + 2 * this.connections + 1, performance.now()]
    const seconds = () => (performance.now() - start) / 1000
    while (this.journal.entries.length < enough && seconds() < 3 * recoverySeconds) await wait(20)
    this.slowestRecovery = Math.max(this.slowestRecovery, seconds())
    if (seconds() > recoverySeconds) this.found.push(`Recovery: nothing left for ${seconds().toFixed(1)} s after the fault was over.`)
  }

  /** A "no" counts from when the answer is there: then it is committed. */
  async sayNo(emailAddress: string, write: () => Promise<unknown>): Promise<void> {
    await write()
    this.noes.push({ emailAddress, committedAt: Date.now() })
  }

  /** Ends the watch; what it found is in `found` then. */
  async stopWatching(): Promise<void> {
    this.found.push(...await this.#watch?.stop() ?? [])
    this.#watch = null
  }

  async close(): Promise<void> {
    await this.stopWatching()
    this.proxy.restore()
    await Promise.all(this.servers.map((server) => server.close()))
    await Promise.all([...this.senders, ...(this.web ? [this.web] : [])].map((program) => program.end('SIGTERM')))
    await this.proxy.close()
    await this.#parts.forget().catch(() => {})
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #end(sender: RunningProgram, signal: NodeJS.Signals): Promise<number | null> {
    this.senders = this.senders.filter((other) => other !== sender)
    return sender.end(signal)
  }
}

const orphans = `
  select d.lane || '-' || d.id as key, d.sender_id::text as "senderId" from delivery d
   where d.status = 'sending' and not d.test
     and not exists (select from sender s where s.id = d.sender_id and s.lease_until > clock_timestamp())`
