/** What becomes of everything that a team had once the team is deleted. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'

const made = async (app: TestApp, path: string, body: object): Promise<string> => {
  const answer = await app.api.post(path, body)
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`)
  return answer.body.id
}

/** One of each kind of thing that has teams, by its path. */
async function givenThings(app: TestApp, teamIds: string[]): Promise<string[]> {
  await app.api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', fields: [] })
  const things: [string, object][] = [
    ['/contacts', { lastName: 'A' }], ['/accounts', { name: 'A' }], ['/leads', { lastName: 'A' }], ['/doctors', { lastName: 'A' }],
    ['/campaigns', { name: 'A' }], ['/target-lists', { name: 'A' }], ['/email-templates', { name: 'A' }],
  ]
  const paths: string[] = []
  for (const [path, body] of things) paths.push(`${path}/${await made(app, path, { ...body, teamIds })}`)
  return paths
}

const teamsOf = async (app: TestApp, path: string) => (await app.api.get(path)).body.teamIds as string[]

test('a deleted team leaves everything that it had: records of every type, custom ones too, campaigns, lists, templates, views, reports, what forms give', async () => {
  await using app = await startApp()
  const [north, south] = [await made(app, '/teams', { name: 'North' }), await made(app, '/teams', { name: 'South' })]
  const paths = await givenThings(app, [north, south])
  paths.push(`/saved-views/${await made(app, '/saved-views', { entityType: 'Contact', name: 'A', sharedWith: 'team', teamIds: [north, south] })}`)
  const report = `/reports/${await made(app, '/reports', { name: 'A', kind: 'list', entityType: 'Contact', columns: ['name'], teamIds: [north, south] })}`
  const form = `/subscription-forms/${await made(app, '/subscription-forms', { name: 'A', leadTeamIds: [north, south] })}`
  paths.push(report)
  await app.api.delete(`/teams/${north}`)
  expect((await app.api.patch(form, { leadTeamIds: [north, south] })).status).toBe(200)
  await app.settle()
  expect((await app.api.get(form)).body.leadTeamIds).toEqual([south])
  for (const path of paths) expect({ path, ...(await app.api.get(path)).body }).toMatchObject({ path, teamIds: [south], version: 1 })
  expect((await app.api.get('/tasks')).body.items[0]).toMatchObject({ title: 'Delete the team North', status: 'done', result: { cleared: paths.length + 1 } })
})

test('what has a deleted team is saved and duplicated as ever, in whatever spelling and with other teams beside it; nothing new gets it', async () => {
  await using app = await startApp()
  const [north, south] = [await made(app, '/teams', { name: 'North' }), await made(app, '/teams', { name: 'South' })]
  const paths = await givenThings(app, [north])
  await app.api.delete(`/teams/${north}`)
  for (const path of paths) {
    expect([path, (await app.api.patch(path, { teamIds: [north.toUpperCase()] })).status]).toEqual([path, 200])
    expect((await app.api.patch(path, { teamIds: [south, north] })).status).toBe(200)
    expect((await app.api.patch(path, { teamIds: [newId(), north] })).body.errors).toMatchObject([{ path: 'teamIds' }])
    if (/campaigns|lists|templates/.test(path)) expect((await app.api.post(`${path}/duplicate`)).status).toBe(201)
  }
  await app.api.patch(paths[0]!, { teamIds: [] })
  expect((await app.api.patch(paths[0]!, { teamIds: [north] })).status).toBe(400)
  await app.settle()
  expect(await teamsOf(app, paths[1]!)).toEqual([south])
})
