/** Delivery Health in real Chromium and by `tidings doctor`: a sound installation is in order, and each fault that is planted is named, alone, with what to do. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { BounceLoop } from '../../src/bounce-loop/contract.ts'
import { openApi } from '../../src/demo/api.ts'
import type { DeliveryHealth } from '../../src/health/contract.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { type Db, openDb } from '../../src/platform/db.ts'
import { startDnsServer, type Zone } from '../dns-server.ts'
import { dataFolder, environmentOf, type RunningProgram, runCommand, startProgram } from '../program.ts'
import { startDovecot } from '../servers/dovecot.ts'
import { freePort } from '../servers/place.ts'
import { startPostfix } from '../servers/postfix.ts'
import { importContacts, type Made, makePending, runSendMassEmails, sendThrough } from '../servers/sending.ts'
import { openPage, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

const needsRoot = test.runIf(process.getuid?.() === 0)
const shiftedClock = { NODE_OPTIONS: `--import ${fileURLToPath(new URL('shifted-clock.mjs', import.meta.url))}` }

type Trouble = { code: string; level: string; says: RegExp; advice: RegExp }
type Mend = () => Promise<unknown>
/** Planted by an outside program; the answer takes it out again. */
type Fault = Trouble & { plant: () => Promise<Mend> }

needsRoot('a sound installation is in order, its bounce loop closes, and of each fault exactly the one check speaks', async () => {
  await using data = await dataFolder()
  await using dns = await startDnsServer()
  await using dovecot = await startDovecot({ people: { 'bounce@shop.example': {}, 'anna@good.test': {}, 'ben@good.test': {}, others: {} } })
  await using postfix = await startPostfix(dovecot)
  const environment = { TIDINGS_DNS: dns.address }
  await using server = await startProgram(data.path, { ...environment, TIDINGS_ROLES: 'web' })
  await using sender = await startProgram(data.path, { ...environment, TIDINGS_ROLES: 'sender' })
  await using worker = await startProgram(data.path, { ...environment, TIDINGS_ROLES: 'worker' })
  const sound = await givenSound(server, { dns: dns.zone, smtpPort: postfix.port, imapPort: dovecot.imapPort })
  const { page, faults: logged, close } = await openPage()
  try {
    await signIn({ page, url: server.url })
    const eyes: Eyes = { page, url: server.url, api: server.api, environment: environmentOf(data.path, environment) }
    await expectTroubles(eyes, [])
    await closeLoop(eyes, () => dovecot.messages('bounce@shop.example', 1))
    expect(await faultsInEveryLook({ ...eyes, faults: logged, [Symbol.asyncDispose]: close }, '/administration/delivery-health')).toEqual([])

    for (const { plant, ...trouble } of faultsOf(server.api, sound, dns.zone)) {
      const mend = await plant()
      await expectTroubles(eyes, [trouble])
      await mend()
    }
    await expectTroubles(eyes, [])

    await runSendMassEmails(server.api)
    await status(server.api, sound.massEmail.id, 'complete')
    await sender.end('SIGTERM')
    // Nobody waits half a minute for the sender to be missed, or three for the scheduler: what is known of them is made older.
    await change(data.path, (db) => db.updateTable('senderLastEnd').set({ endedAt: new Date(Date.now() - 10 * 60_000) }).execute())
    const waiting = await makePending(server.api, { targetListId: sound.targetListId, subject: 'Winter', body: '<p>Hello</p><a href="{link}">Shop</a>' })
    await runSendMassEmails(server.api)
    await status(server.api, waiting.id, 'inProcess')
    await expectTroubles(eyes, [{ code: 'massEmails', level: 'error', says: /No process that sends mail has been alive since.*waiting for one: “Letter”/, advice: /tidings start --role sender/ }])
    await using again = await startProgram(data.path, environment, { options: ['--role', 'sender'] })
    await status(server.api, waiting.id, 'complete')

    const port = await freePort()
    const wrongUrl = `http://127.0.0.1:${port}`
    await using wrong = await startProgram(data.path, { ...environment, ...shiftedClock, TIDINGS_ROLES: 'web', TIDINGS_PORT: String(port) })
    await signIn({ page, url: wrongUrl })
    await expectTroubles({ page, url: wrongUrl, api: openApi(wrongUrl, eyes.environment['TIDINGS_API_KEY']!), environment: { ...eyes.environment, ...shiftedClock } }, [{ code: 'clock', level: 'warning', says: /600 seconds/, advice: /NTP/ }])

    await worker.end('SIGTERM')
    await change(data.path, (db) => db.updateTable('scheduledJob').set({ checkedUntil: new Date(Date.now() - 10 * 60_000) }).execute())
    await expectTroubles(eyes, [{ code: 'scheduler', level: 'error', says: /not been seen/, advice: /role worker/ }])
    expect(logged).toEqual([])

    await server.end('SIGTERM')
    await wrong.end('SIGTERM')
    await again.end('SIGTERM')
    const { code, stdout } = await runCommand(['doctor', '--json'], eyes.environment)
    expect([code, troublesIn(JSON.parse(stdout))]).toEqual([0, []])
  } finally {
    await close()
  }
}, 900_000)

needsRoot('on a disk that is nearly full a fresh installation names the disk alone', async () => {
  await using data = await dataFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=900m', 'tmpfs', data.path])
  try {
    await using server = await startProgram(data.path)
    const { page, faults: logged, close } = await openPage()
    try {
      await signIn({ page, url: server.url })
      const eyes: Eyes = { page, url: server.url, api: server.api, environment: environmentOf(data.path) }
      await expectTroubles(eyes, [{ code: 'disk', level: 'warning', says: /GB are free/, advice: /Make room/ }])
      await fill(data.path)
      await expectTroubles(eyes, [{ code: 'disk', level: 'error', says: /GB are free/, advice: /Make room/ }])
      expect(logged).toEqual([])
    } finally {
      await close()
    }
    await server.end('SIGTERM')
  } finally {
    execFileSync('umount', [data.path])
  }
}, 180_000)

type Eyes = { page: Awaited<ReturnType<typeof openPage>>['page']; url: string; api: RunningProgram['api']; environment: NodeJS.ProcessEnv }

const troublesIn = ({ checks }: Pick<DeliveryHealth, 'checks'>) => checks.filter(({ level }) => level === 'warning' || level === 'error').map(({ code, level }) => `${code} ${level}`)

/** On the page, by the API and by the command alike. */
async function expectTroubles({ page, url, api, environment }: Eyes, troubles: Trouble[]) {
  const wanted = troubles.map(({ code, level }) => `${code} ${level}`)
  const about = `${troubles.map(({ says }) => says).join()}`
  expect(troublesIn(await api.post<DeliveryHealth>('/health/delivery/check', {})), about).toEqual(wanted)
  await page.goto(`${url}/administration/delivery-health`)
  await page.getByRole('region', { name: 'Clock' }).waitFor()
  const shown = await page.locator('section[data-level="warning"], section[data-level="error"]').evaluateAll((sections) => sections.map(({ id, dataset }) => `${id} ${dataset['level']}`))
  expect(shown, about).toEqual(wanted)
  for (const { code, says, advice } of troubles) {
    const text = await page.locator(`section#${code}`).innerText()
    expect(text).toMatch(says)
    expect(text).toMatch(/What to do: /)
    expect(text.slice(text.indexOf('What to do:'))).toMatch(advice)
  }
  const { code, stdout } = await runCommand(['doctor', '--json'], environment)
  expect([code, troublesIn(JSON.parse(stdout))], `${about} ${stdout}`).toEqual([troubles.some(({ level }) => level === 'error') ? 1 : 0, wanted])
}

type Sound = { siteUrl: string; accountId: string; massEmail: Made & { campaignId: string }; targetListId: string; imapPort: number; smtp: object }

/** A real account that signs in, DNS with everything in it, and a mailbox that is read. */
async function givenSound({ api, url }: RunningProgram, { dns, smtpPort, imapPort }: { dns: Zone; smtpPort: number; imapPort: number }): Promise<Sound> {
  const smtp = { host: '127.0.0.1', port: smtpPort, security: 'none', username: 'letters', password: 'secret' }
  await sendThrough(api, smtpPort, { systemSmtp: smtp, bounceAddress: 'bounce@shop.example', verp: true })
  // Of an address that is only a default each process says its own.
  const siteUrl = url.replace('localhost', '127.0.0.1')
  await api.patch('/settings/general', { siteUrl })
  const key = await api.post<{ id: string; recordName: string; recordValue: string }>('/dkim-keys', { domain: 'shop.example' })
  Object.assign(dns, {
    'shop.example': ['v=spf1 ip4:192.0.2.1 -all'], '_dmarc.shop.example': ['v=DMARC1; p=none; rua=mailto:dmarc@shop.example'], 'MX shop.example': ['10 mx.shop.example'],
    'A mx.shop.example': ['192.0.2.1'], [key.recordName]: [key.recordValue],
  })
  await api.post(`/dkim-keys/${key.id}/activate`, {}).catch((error: Error) => { if (!/active already|409/.test(error.message)) throw error })
  const account = await api.post<Made>('/group-email-accounts', {
    name: 'Bounces', emailAddress: 'bounce@shop.example', imap: { host: '127.0.0.1', port: imapPort, security: 'none', username: 'bounce@shop.example', password: 'secret' },
  })
  const targetListId = await importContacts(api, ['lastName', 'emailAddress'], [['Berg', 'anna@good.test'], ['Ito', 'ben@good.test']])
  const massEmail = await makePending(api, { targetListId, subject: 'Autumn', body: '<p>Hello</p><a href="{link}">Shop</a>' })
  await api.patch(`/mass-emails/${massEmail.id}`, { status: 'draft', name: 'Autumn offer' })
  return { siteUrl, accountId: account.id, massEmail, targetListId, imapPort, smtp }
}

/** Through Postfix to a mailbox that Dovecot does not have, and back into one that is read, seen on the page. */
async function closeLoop({ page, api }: Eyes, inMailbox: () => Promise<unknown>) {
  const panel = page.getByRole('region', { name: 'Test the way back' })
  await panel.getByRole('button', { name: 'Start the test' }).click()
  const loop = () => api.get<BounceLoop>('/health/bounce-loop')
  await inMailbox()
  await api.post('/scheduled-jobs/check-group-email-accounts/run', {})
  await expect.poll(async () => (await loop()).message, { timeout: 30_000, interval: 500 }).toMatch(/came back after/)
  await panel.getByText('The loop is closed.').waitFor()
  expect(await panel.getByRole('listitem').getByRole('img', { name: 'done' }).count()).toBe(5)
  expect(await loop()).toMatchObject({ status: 'succeeded', address: expect.stringMatching(/^no-such-mailbox-\w+@shop\.example$/), sandbox: false })
  expect((await api.get<{ items: object[] }>('/suppressions')).items).toEqual([])
}

const anHour = 3_600_000

function faultsOf(api: RunningProgram['api'], { siteUrl, accountId, massEmail, imapPort, smtp }: Sound, dns: Zone): Fault[] {
  const account = `/group-email-accounts/${accountId}`
  const set = (path: string, wrong: object, right: object) => async () => { await api.patch(path, wrong); return () => api.patch(path, right) }
  const outbound = (wrong: object, right: object) => set('/settings/outbound-emails', wrong, right)
  const withoutRecord = (name: string) => async () => { const before = dns[name]!; delete dns[name]; return async () => { dns[name] = before } }
  const pending = async (dateStart: Date) => { await api.patch(`/mass-emails/${massEmail.id}`, { dateStart: dateStart.toISOString(), status: 'pending' }) }
  const draft = () => api.patch(`/mass-emails/${massEmail.id}`, { status: 'draft' })
  const imap = { host: '127.0.0.1', port: imapPort, security: 'none', username: 'bounce@shop.example', password: 'secret' }
  return [
    { code: 'smtp', level: 'error', says: /535/, advice: /password/i, plant: outbound({ systemSmtp: { ...smtp, password: 'wrong' } }, { systemSmtp: smtp }) },
    { code: 'smtp', level: 'error', says: /ECONNREFUSED/, advice: /port/, plant: outbound({ systemSmtp: { ...smtp, port: 1 } }, { systemSmtp: smtp }) },
    { code: 'jobSendMassEmails', level: 'error', says: /inactive/, advice: /Activate/, plant: set('/scheduled-jobs/send-mass-emails', { status: 'inactive' }, { status: 'active' }) },
    { code: 'jobCheckGroupEmailAccounts', level: 'error', says: /inactive/, advice: /Activate/, plant: set('/scheduled-jobs/check-group-email-accounts', { status: 'inactive' }, { status: 'active' }) },
    { code: 'siteUrl', level: 'error', says: /ECONNREFUSED/, advice: /Site URL/, plant: set('/settings/general', { siteUrl: 'http://127.0.0.1:1' }, { siteUrl }) },
    { code: 'siteUrl', level: 'error', says: /not this installation/, advice: /Site URL/, plant: async () => {
      const stranger = createServer((_request, response) => { response.end('Welcome') }).listen(0, '127.0.0.1')
      await once(stranger, 'listening')
      const mend = await set('/settings/general', { siteUrl: `http://127.0.0.1:${(stranger.address() as AddressInfo).port}` }, { siteUrl })()
      return async () => { await mend(); stranger.close(); stranger.closeAllConnections() }
    } },
    { code: 'publicUrl', level: 'error', says: /ECONNREFUSED/, advice: /Public URL/, plant: set('/settings/general', { publicUrl: 'http://127.0.0.1:1' }, { publicUrl: '' }) },
    { code: 'bounceMailbox', level: 'warning', says: /no group email account/, advice: /Add its mailbox/, plant: set(account, { emailAddress: 'others@else.example', imap: { ...imap, username: 'others' } }, { emailAddress: 'bounce@shop.example', imap }) },
    { code: 'bounceMailbox', level: 'warning', says: /inactive/, advice: /Activate/, plant: set(account, { status: 'inactive' }, { status: 'active' }) },
    { code: 'bounceMailbox', level: 'error', says: /AUTHENTICATIONFAILED/, advice: /Enter both again/, plant: set(account, { imap: { ...imap, password: 'wrong' } }, { imap }) },
    { code: 'bounceMailbox', level: 'error', says: /ECONNREFUSED/, advice: /host and port/, plant: set(account, { imap: { ...imap, port: 1 } }, { imap }) },
    { code: 'bounceMailbox', level: 'error', says: /no folder Returned/, advice: /monitored folders/, plant: set(account, { monitoredFolders: ['INBOX', 'Returned'] }, { monitoredFolders: ['INBOX'] }) },
    { code: 'spf', level: 'warning', says: /no SPF record/, advice: /TXT record at shop\.example/, plant: withoutRecord('shop.example') },
    { code: 'dmarc', level: 'warning', says: /no DMARC record/, advice: /_dmarc\.shop\.example/, plant: withoutRecord('_dmarc.shop.example') },
    { code: 'mx', level: 'warning', says: /no MX record/, advice: /MX record at shop\.example/, plant: withoutRecord('MX shop.example') },
    { code: 'dkim', level: 'error', says: /no record at/, advice: /TXT record/, plant: withoutRecord(Object.keys(dns).find((name) => name.includes('_domainkey'))!) },
    { code: 'massEmails', level: 'warning', says: /“Autumn offer” starts only on/, advice: /Nothing to do/, plant: async () => { await pending(new Date(Date.now() + anHour)); return draft } },
    { code: 'massEmails', level: 'warning', says: /“Autumn offer” waits: its campaign “Letters” is not active/, advice: /status to active/, plant: async () => {
      await pending(new Date(Date.now() + anHour))
      await api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'inactive' })
      return async () => { await draft(); await api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'active' }) }
    } },
    { code: 'window', level: 'warning', says: /closed.*It opens at/, advice: /when the window opens/, plant: async () => {
      const today = new Date().getUTCDay() || 7
      await api.patch('/settings/outbound-emails', { window: { timeZone: 'UTC', days: [((today + 2) % 7) + 1], from: '08:00', to: '18:00' } })
      await pending(new Date())
      await runSendMassEmails(api)
      await status(api, massEmail.id, 'inProcess')
      return async () => { await api.post(`/mass-emails/${massEmail.id}/pause`, {}); await api.patch('/settings/outbound-emails', { window: null }) }
    } },
    { code: 'portion', level: 'warning', says: /used up: 1 of 1/, advice: /maximum per hour/, plant: async () => {
      await api.patch('/settings/outbound-emails', { maxPerHour: 1 })
      await api.post(`/mass-emails/${massEmail.id}/resume`, {})
      await runSendMassEmails(api)
      return () => api.patch('/settings/outbound-emails', { maxPerHour: null })
    } },
  ]
}

const status = (api: RunningProgram['api'], id: string, wanted: string) =>
  expect.poll(async () => (await api.get<{ status: string }>(`/mass-emails/${id}`)).status, { timeout: 30_000 }).toBe(wanted)

async function change(dataDir: string, by: (db: Db) => Promise<unknown>) {
  const database = await openEmbeddedPostgres(dataDir)
  const db = openDb(database.url, { max: 1, name: 'test' })
  await by(db)
  await db.destroy()
  await database.close()
}

/** Until less than 300 MB are left. */
async function fill(folder: string) {
  const { bavail, bsize } = await statfs(folder)
  await writeFile(join(folder, 'much'), Buffer.alloc(Math.max(0, bavail * bsize - 250_000_000)))
}
