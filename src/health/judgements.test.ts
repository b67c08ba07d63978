import { expect, test } from 'vitest'
import type { BounceLoop } from '../bounce-loop/contract.ts'
import { isPublic } from '../platform/networks.ts'
import { isLocal, judgeLocal } from './address-checks.ts'
import { overall } from './check.ts'
import { judgeMassEmails, type Standing } from './mass-email-checks.ts'
import { judgeBounceLoop, judgeWaysBack } from './return-checks.ts'
import { judgeSandbox } from './sending-checks.ts'
import { isTrialDomain } from './trial.ts'

const now = new Date('2030-01-01T12:00:00Z')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)
const massEmail = (values: Partial<Standing>): Standing => ({ name: 'Autumn', status: 'pending', dateStart: minutes(-10), notice: null, campaignName: 'Offers', campaignStatus: 'active', ...values })
const judge = (rows: Standing[], startsRun = true) => judgeMassEmails(rows, { now, timeZone: 'Europe/Berlin', startsRun })

test('what is unknown never raises the level', () => {
  expect(overall([{ level: 'ok' }, { level: 'unknown' }])).toBe('ok')
  expect(overall([{ level: 'unknown' }, { level: 'warning' }])).toBe('warning')
  expect(overall([{ level: 'warning' }, { level: 'error' }])).toBe('error')
})

test('domains that can never be anybody’s are told from those that may be', () => {
  const trial = ['', 'acme.example', 'example.com', 'news.example.org', 'good.test', 'x.invalid', 'localhost.localdomain', 'office.local', 'host']
  expect([...trial, 'acme.com', 'latest.de', 'myexample.com', 'test.com'].filter(isTrialDomain)).toEqual(trial)
})

test('an address of this machine, or the Sandbox, is in order while it is tried out and a warning once the sender is real', () => {
  expect([judgeLocal('http://localhost:8080', 'Site URL', 'acme.example').level, judgeLocal('http://localhost:8080', 'Site URL', 'acme.com').level]).toEqual(['ok', 'warning'])
  expect([judgeSandbox('').level, judgeSandbox('acme.com').level]).toEqual(['ok', 'warning'])
})

test('private, local and documentation addresses are not public, whatever way they are written', () => {
  const inside = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.0.1', '100.64.0.1', '::1', '::ffff:10.0.0.1', 'fd00::1', 'fe80::1', '2001:db8::1', 'unknown', '']
  expect(inside.filter(isPublic)).toEqual([])
  expect(['93.184.216.34', '172.32.0.1', '::ffff:93.184.216.34', '2606:2800:220:1::1'].filter(isPublic)).toHaveLength(4)
})

test('an address that nobody outside can reach is told from one that they can', () => {
  const local = ['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080', 'https://192.168.1.20', 'http://tidings.localhost']
  expect([...local, 'https://mail.acme.com', 'https://localhost.acme.com', 'http://93.184.216.34'].filter(isLocal)).toEqual(local)
})

test('a mass email that is ahead, in an inactive campaign, paused by itself or overdue is named with what to do', () => {
  expect(judge([])).toMatchObject({ level: 'ok' })
  expect(judge([massEmail({ dateStart: minutes(60) })])).toMatchObject({ level: 'warning', message: '“Autumn” starts only on 1 January 2030 at 14:00 (Europe/Berlin), its Date Start.', advice: expect.stringContaining('Nothing to do') })
  expect(judge([massEmail({ campaignStatus: 'inactive', dateStart: minutes(60) })])).toMatchObject({ level: 'warning', message: '“Autumn” waits: its campaign “Offers” is not active.', advice: expect.stringContaining('status to active') })
  expect(judge([massEmail({ status: 'paused', notice: 'Too many dead addresses.' })])).toMatchObject({ message: '“Autumn” was paused: Too many dead addresses.' })
  expect(judge([massEmail({})])).toMatchObject({ level: 'warning', advice: expect.stringContaining('Why') })
  expect(judge([massEmail({ dateStart: minutes(-2) })])).toMatchObject({ level: 'ok' })
  expect(judge(Array.from({ length: 9 }, () => massEmail({}))).message).toContain('And 6 more like it.')
})

test('what is overdue only because nothing starts at all is left to the check that says why', () => {
  expect(judge([massEmail({})], false)).toMatchObject({ level: 'ok' })
})

test('bounces that nobody reads are told apart: no account, an inactive one, one without a server; another door will do', () => {
  const way = { returnsTo: 'bounces@acme.com', readBy: null, idle: null }
  expect(judgeWaysBack([way], null)).toMatchObject({ level: 'warning', message: expect.stringContaining('no group email account reads it') })
  expect(judgeWaysBack([{ ...way, idle: { name: 'Bounces', active: false } }], null)).toMatchObject({ level: 'warning', message: expect.stringContaining('Bounces does not monitor it') })
  expect(judgeWaysBack([{ ...way, idle: { name: 'Bounces', active: true } }], null)).toMatchObject({ level: 'warning', advice: expect.stringContaining('IMAP server') })
  expect(judgeWaysBack([way], 'the SMTP receiver')).toEqual({ level: 'ok', message: 'the SMTP receiver reads bounces@acme.com.', advice: '' })
})

test('the last bounce loop counts only for the way that bounces go now', () => {
  const loop: BounceLoop = {
    status: 'succeeded', message: 'It came back.', advice: '', startedAt: now.toISOString(), endedAt: null, address: 'nobody@acme.com', returnPath: 'bounce+abc@return.acme.com',
    accountName: 'System account', sandbox: false, steps: [], suggestedAddress: null,
  }
  const here = { sandbox: false, timeZone: 'UTC', returnsTo: 'bounce+…@return.acme.com' }
  expect(judgeBounceLoop(loop, here)).toMatchObject({ level: 'ok' })
  expect(judgeBounceLoop({ ...loop, status: 'failed' }, here)).toMatchObject({ level: 'warning' })
  expect(judgeBounceLoop(loop, { ...here, returnsTo: 'bounces@acme.com' })).toMatchObject({ level: 'unknown' })
  expect(judgeBounceLoop({ ...loop, sandbox: true }, here)).toMatchObject({ level: 'unknown', message: expect.stringContaining('Sandbox only') })
})
