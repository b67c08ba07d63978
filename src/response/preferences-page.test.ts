import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { browser, form, givenMail, pathsOf } from '../../test/given-mail.ts'
import { figuresOf } from '../log/figures-of.ts'
import { newId } from '../platform/id.ts'

test('on the preferences page topics are switched off and on again', async () => {
  await using app = await startApp()
  const { campaignId, ann, news } = await givenMail(app)
  const offers = newId()
  await app.db.insertInto('targetList').values([{ id: offers, name: 'Offers', publicTopic: true }, { id: newId(), name: 'Internal' }]).execute()
  await app.db.insertInto('targetListMember').values({ targetListId: news, entityType: 'Contact', recordId: ann.recordId }).execute()
  const { preferences } = pathsOf(app, ann)
  const boxes = (text: string) => [...text.matchAll(/value="([\w-]+)"( checked)?/g)].map(([, id, checked]) => [id, Boolean(checked)])
  expect(boxes((await app.as(null).get(preferences, undefined, browser)).text)).toEqual([[news, true], [offers, false]])
  expect(boxes((await app.as(null).post(preferences, `topic=${offers}`, form)).text)).toEqual([[news, false], [offers, true]])
  expect(boxes((await app.as(null).post(preferences, `topic=${offers}&topic=${news}`, form)).text)).toEqual([[news, true], [offers, true]])
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ optedOut: 1, optedIn: 1 })
})
