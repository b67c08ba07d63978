/** What a domain took before: as the senders would have counted it. */
import type { TestApp } from './app.ts'

export async function writeTraffic(app: TestApp, domain: string, ever: number, inHour: number): Promise<void> {
  await app.db.insertInto('domainTraffic').values([
    { domain, since: new Date(app.clock.read().getTime() - 90 * 60_000), taken: ever - inHour },
    { domain, since: new Date(app.clock.read().getTime() - 10 * 60_000), taken: inHour },
  ]).execute()
}
