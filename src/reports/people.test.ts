/** Whom a report stands for when it fills a target list, and which reports cannot. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenTeam } from '../../test/given-rights.ts'
import { newId } from '../platform/id.ts'
import { readReport } from './report-list.ts'
import { reportPeople } from './people.ts'

const berliners = { field: 'addressCity', op: 'equals', value: 'Berlin' }
const asked = { field: 'addressCity', op: 'equals', value: { question: 'city' } }
const context = { now: new Date('2030-01-01T12:00:00Z'), timeZone: 'UTC' }

const givenContact = async (app: TestApp, values: object) => (await app.api.post('/contacts', values)).body.id as string
const givenReport = async (app: TestApp, values: object) => (await app.api.post('/reports', { entityType: 'Contact', kind: 'list', ...values })).body as { id: string }

test('the people of a report are those whom the one who asks may read, each once; groups and things are refused in a sentence', async () => {
  await using app = await startApp()
  const { teamId, me, other } = await givenTeam(app, 'team')
  const [mine, theirs] = [await givenContact(app, { lastName: 'Mine', addressCity: 'Berlin', assignedUserId: me.actor.userId }), await givenContact(app, { lastName: 'Theirs', addressCity: 'Berlin', assignedUserId: other.actor.userId })]
  const lead = (await app.api.post('/leads', { lastName: 'Lead' })).body.id as string
  const people = async (actor: typeof app.admin, report: object) => {
    const { id } = await givenReport(app, report)
    const found = reportPeople(actor, await readReport(app.db, app.admin, id, context), context)
    return (await found.select.execute(app.db)).rows.map(({ entityType, recordId }) => `${entityType} ${recordId}`).sort()
  }
  expect(await people(app.admin, { filter: asked, questions: [{ name: 'city', label: 'City', default: 'Berlin' }] })).toEqual([`Contact ${mine}`, `Contact ${theirs}`].sort())
  expect(await people(me.actor, { filter: { and: [berliners, { field: 'account.industry', op: 'isEmpty' }] } })).toEqual([`Contact ${mine}`])

  const [campaign, own] = [newId(), newId()]
  await sql`insert into campaign (id, name, team_ids) values (${campaign}, 'Autumn', ${[teamId]}::uuid[]), (${own}, 'Secret', '{}')`.execute(app.db)
  for (const [campaignId, record, type, machine, test] of [
    [campaign, mine, 'Contact', false, false], [campaign, mine, 'Contact', true, false], [campaign, theirs, 'Contact', false, false], [campaign, lead, 'Lead', false, false],
    [campaign, newId(), 'Contact', false, false], [campaign, app.admin.userId, 'User', false, true], [own, mine, 'Contact', false, false],
  ] as const) {
    await sql`insert into log_entry (lane, campaign_id, mass_email_id, delivery_id, action, at, last_at, entity_type, record_id, email_address, machine, test)
      values (0, ${campaignId}, ${newId()}, ${Math.floor(Math.random() * 1e9)}, 'clicked', now(), now(), ${type}, ${record}, 'a@example.com', ${machine}, ${test})`.execute(app.db)
  }
  const clicked = { entityType: 'CampaignLog', filter: { field: 'action', op: 'equals', value: 'clicked' } }
  expect(await people(app.admin, clicked)).toEqual([`Contact ${mine}`, `Contact ${theirs}`, `Lead ${lead}`].sort())
  expect(await people(me.actor, clicked)).toEqual([`Contact ${mine}`])
  expect(await people(me.actor, { ...clicked, filter: { field: 'campaign.name', op: 'equals', value: 'Secret' } })).toEqual([])

  await expect(people(app.admin, { kind: 'grid' })).rejects.toMatchObject({ code: 'notPeople', kind: 'conflict' })
  await app.api.post('/entity-types', { name: 'Machine', plural: 'Machines', slug: 'machines', baseType: 'base' })
  await expect(people(app.admin, { entityType: 'Machine' })).rejects.toMatchObject({ code: 'notPeople', message: expect.stringContaining('neither people nor companies') })
})
