/** What is known about one mass email from three sides: the mail server's journal, the ledger with its log, and what the API says. */
import type { Entry } from './journal.ts'
import type { Installation, No } from './installation.ts'
import { tokensIn } from './letter.ts'

export type DeliveryRow = {
  key: string
  emailAddress: string
  status: string
  reasonCode: string | null
  /** The durable mark, in milliseconds since 1970. */
  markedAt: number | null
}

export type Evidence = {
  deliveries: DeliveryRow[]
  /** By delivery: the actions that the log has of it, each as often as it is there. */
  logged: Map<string, string[]>
  journal: Entry[]
  /** Of the funnel, frozen with the mass email. */
  included: number
  figures: Record<string, number>
  /** What `tidings verify` found wrong. */
  differences: string[]
  noes: No[]
  /** Most messages that may leave in any hour. */
  maxPerHour: number | null
  /** Duplicates that are allowed: twice the open connections for each kill -9 or lost lease. */
  allowed: number
  /** Found while it ran. */
  found: string[]
  /** Of some messages the page behind *View in browser*, and whom it names. */
  pages: { recipient: string; tokens: string[] }[]
}

const pagesLookedAt = 20

export async function gather(installation: Installation, massEmailId: string, mark: string): Promise<Evidence> {
  const { api } = installation
  const journal = installation.servers.flatMap((server) => server.journal.entries).filter((entry) => entry.mark === mark)
  const { included } = await api.get<{ included: number }>(`/mass-emails/${massEmailId}/audience`)
  return {
    deliveries: await readDeliveries(installation, massEmailId),
    logged: await readLog(installation, massEmailId),
    journal, pages: await readPages(installation, journal), included, figures: await api.get(`/mass-emails/${massEmailId}/figures`),
    differences: await installation.verify(), noes: installation.noes, maxPerHour: installation.maxPerHour, allowed: installation.allowed, found: installation.found,
  }
}

const readDeliveries = ({ query }: Installation, massEmailId: string) => query<DeliveryRow>(`
  select lane || '-' || id as key, email_address as "emailAddress", status::text, reason_code as "reasonCode",
         (extract(epoch from wire_at) * 1000)::float8 as "markedAt"
    from delivery where mass_email_id = $1 and not test`, [massEmailId])

async function readLog({ query }: Installation, massEmailId: string): Promise<Map<string, string[]>> {
  const rows = await query<{ key: string; action: string; repeats: number }>(
    `select lane || '-' || delivery_id as key, action, repeats from log_entry where mass_email_id = $1 and not test`, [massEmailId])
  const logged = new Map<string, string[]>()
  for (const { key, action, repeats } of rows) logged.set(key, [...(logged.get(key) ?? []), ...Array.from({ length: repeats }, () => action)])
  return logged
}

/** Evenly over the journal. */
async function readPages({ web }: Installation, journal: readonly Entry[]): Promise<Evidence['pages']> {
  const step = Math.max(1, Math.floor(journal.length / pagesLookedAt))
  return Promise.all(journal.filter((_, index) => index % step === 0).map(async ({ recipient, viewPath }) =>
    ({ recipient, tokens: tokensIn(await (await fetch(`${web.url}${viewPath}`)).text()) })))
}
