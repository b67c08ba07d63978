/** One of two mail servers is a tar pit: it answers, but so late that everything sticks. The other one's mail must not. */
import type { Api } from '../../src/demo/api.ts'
import { Installation } from '../installation.ts'
import type { MailServer } from '../mail-server.ts'
import { type MassEmail, send, untilComplete } from '../mass-email.ts'
import { messagesOfATurn, perMessageMs, slowdownPercent, timeTurn, type Turn } from '../pace.ts'
import { measure, type Scenario } from '../scenario.ts'

const stickyMs = 3_000
const turns = 3
/** What leaves while the other mass email is paused and resumed. */
const betweenTurns = 3_000
const mostPercent = 10

export const tarPit: Scenario = {
  name: 'tar-pit',
  promise: `a mail server in which everything sticks slows a mass email by another account by ${mostPercent} % at most`,
  async run(place) {
    await using installation = await Installation.start(place, { connections: 20 })
    const { api, server } = installation
    const sticky = await installation.addServer()
    server.behave = ({ stage }) => stage === 'dot' ? { afterMs: perMessageMs } : undefined
    sticky.behave = () => ({ afterMs: stickyMs })
    const stuck = await send(api, { recipients: 2_000, mark: 'stuck', massEmail: { accountId: await addAccount(installation, sticky) } })
    await sticky.atNext(({ stage }) => stage === 'connect', () => undefined)
    await step(api, stuck, 'pause')
    const flowing = await send(api, { recipients: 2 * turns * messagesOfATurn + betweenTurns, mark: 'flowing' })
    const slowdown = await timeInTurns(api, server, stuck)
    if (slowdown > mostPercent) installation.found.push(`The tar pit slows the other account by ${slowdown} %, ${mostPercent} % are allowed.`)
    sticky.behave = () => undefined
    await untilComplete(api, flowing)
    await untilComplete(api, stuck)
    return await measure(installation, [flowing, stuck], `slower by ${slowdown} %`)
  },
}

async function timeInTurns(api: Api, server: MailServer, stuck: MassEmail): Promise<number> {
  await server.journal.received(100)
  const timed: Turn[] = []
  for (let turn = 0; turn < turns; turn++) {
    if (turn > 0) await step(api, stuck, 'pause')
    timed.push(await timeTurn(server, () => step(api, stuck, 'resume')))
  }
  return slowdownPercent(timed)
}

/** A batch is open to the senders after the job's next run, so a step is followed by one. */
async function step(api: Api, { id }: MassEmail, name: 'pause' | 'resume'): Promise<void> {
  await api.post(`/mass-emails/${id}/${name}`, {})
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
}

async function addAccount({ query }: Installation, { port }: MailServer): Promise<string> {
  const [row] = await query<{ id: string }>(`
    insert into outbound_account (id, name, kind, host, port, from_address)
    values (gen_random_uuid(), 'Another way out', 'group', '127.0.0.1', $1, 'letters@shop.example') returning id`, [port])
  return row!.id
}
