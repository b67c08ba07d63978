/** `tidings demo`: a server on a data folder of its own with a campaign that was really sent and answered, to look at. */
import { createServer } from 'node:net'
import { once } from 'node:events'
import { openApi, type Api } from '../demo/api.ts'
import { playDemo, readFigures, type Figures } from '../demo/demo.ts'
import { openMemory, remember, type Memory } from '../demo/memory.ts'
import type { Environment } from '../platform/environment.ts'
import { environmentOrWrongUsage } from './installation.ts'
import { command } from './outcome.ts'
import { drain, startOrSayWhy } from './start.ts'
import { askedToStop } from './stop.ts'

type Options = { json?: boolean; once?: boolean }

export const demoCommand = () => command('demo', 'start with sample data, send a sample campaign through the Sandbox, show its figures and stay up')
  .option('--once', 'stop after the figures')
  .action(async (options: Options) => {
    const stop = askedToStop()
    const given = demoEnvironment()
    const memory = openMemory(given.dataDir, await portFor(given))
    const admin = { emailAddress: memory.userName, password: memory.password, apiKey: memory.apiKey }
    const tidings = await startOrSayWhy({ ...given, port: memory.port, admin })
    try {
      // Whoever stops the demo before its story is told need not hear the end of it.
      await Promise.race([show(memory, given.dataDir, options), stop])
      if (!options.once) await stop
    } catch (error) {
      await tidings.close()
      throw error
    }
    remember(given.dataDir, { ...memory, process: null })
    await drain(tidings)
  })

async function show(memory: Memory, dataDir: string, { json }: Options): Promise<void> {
  const url = `http://localhost:${memory.port}`
  const figures = await tell(openApi(url, memory.apiKey), url, memory, dataDir)
  console.log(json ? JSON.stringify({ url: campaignUrl(url, memory), signIn: signInOf(memory), figures }) : summary(url, memory, figures))
}

/** The demo's own folder and a quiet log, unless told otherwise. */
const demoEnvironment = (): Environment =>
  environmentOrWrongUsage({ TIDINGS_DATA_DIR: './demo-data', TIDINGS_LOG_LEVEL: 'warn', ...process.env, DATABASE_URL: undefined, TIDINGS_ROLES: undefined })

/** Another free port when the usual one is taken and none was asked for. */
async function portFor({ host, port }: Environment): Promise<number> {
  if (process.env['TIDINGS_PORT'] && port !== 0) return port
  for (const wanted of [port, 0]) {
    const server = createServer().listen(wanted, host)
    try {
      await once(server, 'listening')
      const address = server.address()
      server.close()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
  return port
}

async function tell(api: Api, url: string, memory: Memory, dataDir: string): Promise<Figures> {
  // Links in mail lead to the Site URL, which a run on another port would leave behind.
  await api.patch('/settings/general', { siteUrl: url })
  if (!memory.sent) {
    memory.sent = await playDemo(api, (sentence) => console.error(`Demo: ${sentence}…`))
    remember(dataDir, memory)
  }
  return readFigures(api, memory.sent)
}

const campaignUrl = (url: string, { sent }: Memory) => `${url}/campaigns/${sent!.campaignId}`
const signInOf = ({ userName, password }: Memory) => ({ userName, password })

const summary = (url: string, memory: Memory, { sent, opened, clicked, optedOut, bouncedHard, bouncedSoft, complained }: Figures) => `
The sample campaign is sent: sent ${sent}, opened ${opened}, clicked ${clicked}, opted out ${optedOut}, bounced ${bouncedHard + bouncedSoft}, complained ${complained}

  Look at it   ${campaignUrl(url, memory)}
  Sign in as   ${memory.userName}
  Password     ${memory.password}

Tidings is ready at ${url}
Control-C stops it; the next run continues with the same data.`
