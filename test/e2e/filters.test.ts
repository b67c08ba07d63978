/** A filter over fields, linked records, campaign activity and target lists, built by hand in the browser, kept, shared, and turned into a target list. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Api } from '../../src/demo/api.ts'
import { seriousFaults } from './axe.ts'
import { openDesk, signIn } from './browser.ts'
import { clickAs, listOf, membersOf, sendCampaign } from './given-campaign.ts'
import { faultsInEveryLook } from './looks.ts'

const cities = ['Berlin', 'berlin', 'Hamburg', 'Köln']
const industries = ['Steel', 'STEEL', null]
type Person = { id: string; emailAddress: string; city: string; industry: string | null; clicked: boolean; isReader: boolean }
type Made = { id: string }

test('contacts in Berlin or Hamburg, of Steel, who did not click and are in no such list: counted while the filter is built, kept as a shared view, all put into a list', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const people = await givenPeople(api)
  const inTown = people.filter(({ city, industry }) => /^(berlin|hamburg)$/i.test(city) && /^steel$/i.test(industry ?? ''))
  const wanted = inTown.filter(({ clicked, isReader }) => !clicked && !isReader)
  expect(wanted.length).toBeGreaterThan(50)
  expect(inTown.some(({ clicked, isReader }) => clicked && !isReader)).toBe(true)
  const found = `${wanted.length} contacts`

  await signIn(desk)
  await page.goto(`${url}/records/contacts`)
  await buildFilter(page)
  await page.getByText(`Finds ${found}`).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Show results' }).click()
  for (const words of ['Address City is Berlin or Hamburg', 'Account · Industry is Steel', 'Did not click in Autumn offer', 'Target list is not in Readers']) {
    await page.getByRole('button', { name: words, exact: true }).waitFor()
  }
  await saveView(page, 'Steel, quiet')

  await page.goto(`${url}/records/contacts`)
  await page.getByText(String(people.length), { exact: true }).waitFor()
  await page.getByRole('button', { name: 'View: All contacts' }).click()
  await page.getByRole('menuitem', { name: 'Steel, quiet' }).click()
  await page.getByText(String(wanted.length), { exact: true }).waitFor()
  await page.getByRole('checkbox', { name: 'Select all shown' }).check()
  await page.getByText('50 selected').waitFor()
  expect((await exported(page)).split('\r\n').filter((line) => line !== '')).toHaveLength(51)
  await page.getByRole('button', { name: `Select all ${wanted.length} results` }).click()
  await page.getByRole('button', { name: 'Add to target list' }).click()
  await page.getByRole('tab', { name: 'New list' }).click()
  await page.getByLabel('Name of the new list').fill('To be asked again')
  await page.getByRole('button', { name: 'Create and add' }).click()
  await page.getByText(`${found} added to To be asked again`).waitFor()
  expect(await membersOf(api, 'To be asked again')).toEqual(wanted.map(({ id }) => id).toSorted())
  expect(desk.faults).toEqual([])
})

test('the editor of filters and a view that asks for what is gone are in order in every look; the list is walked by keys', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  await api.post('/contacts', { lastName: 'Berg', addressCity: 'Berlin' })
  await api.post('/contacts', { lastName: 'Adler', addressCity: 'Bonn' })
  await api.post('/entity-types/Contact/fields', { name: 'shoeSize', type: 'integer', label: 'Shoe size' })
  const inBerlin = { field: 'addressCity', op: 'equals', value: 'Berlin' }
  const filter = { and: [inBerlin, { or: [{ not: { activity: 'clicked', withinDays: 30 } }, { field: 'shoeSize', op: 'greaterThan', value: 44 }] }] }
  const view = await api.post<Made>('/saved-views', { entityType: 'Contact', name: 'Big feet', filter: { and: [inBerlin, { field: 'shoeSize', op: 'isEmpty' }] } })
  await signIn(desk)
  const openEditor = async () => {
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('option', { name: 'Salutation' }).waitFor()
    // Closes the fields that are offered, not the editor.
    await page.keyboard.press('Escape')
    await page.getByText('Finds 1 contact', { exact: true }).waitFor()
  }
  expect(await faultsInEveryLook(desk, `/records/contacts?filter=${encodeURIComponent(JSON.stringify(filter))}`, openEditor)).toEqual([])

  await page.request.delete(`${url}/api/v1/entity-types/Contact/fields/shoeSize`, { headers: { authorization: 'Bearer a-key-for-tests-that-is-long-enough' } })
  const gone = async () => { await page.getByText('Big feet asks for something that is no longer there').waitFor() }
  const address = `/records/contacts?view=${view.id}&filter=${encodeURIComponent(JSON.stringify({ and: [inBerlin, { field: 'shoeSize', op: 'isEmpty' }] }))}`
  expect(await faultsInEveryLook(desk, address, gone)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Open it without that' }).click()
  await page.getByRole('link', { name: 'Berg' }).waitFor()

  await page.getByRole('button', { name: 'View: Big feet' }).click()
  await page.getByRole('menuitem', { name: 'All contacts' }).click()
  await page.getByRole('link', { name: 'Adler' }).waitFor()
  await page.getByRole('heading', { level: 1 }).click()
  for (const key of ['j', 'j', 'k', 'x']) await page.keyboard.press(key)
  await page.getByText('1 selected').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Adler' }).waitFor()
})

/** What is chosen, as the file that the browser saves. */
async function exported(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export as CSV' }).click()])
  expect(file.suggestedFilename()).toBe('contacts.csv')
  return readFile(await file.path(), 'utf8')
}

async function buildFilter(page: Page) {
  await page.getByRole('button', { name: 'Add filter' }).click()
  const editor = page.getByRole('dialog', { name: 'Filter' })
  const add = async (field: string) => {
    await editor.getByRole('combobox', { name: /What to filter by|Add a condition/ }).last().fill(field)
    await page.getByRole('option', { name: field, exact: true }).click()
    return editor.getByRole('group', { name: field, exact: true })
  }
  const ask = async (condition: ReturnType<Page['getByRole']>, words: string) => {
    await condition.getByRole('combobox', { name: /^Condition on/ }).click()
    await page.getByRole('option', { name: words, exact: true }).click()
  }
  const city = await add('Address City')
  await ask(city, 'is any of')
  for (const name of ['Berlin', 'Hamburg']) {
    await city.getByRole('combobox', { name: 'Values for Address City' }).fill(name)
    await page.keyboard.press('Enter')
  }
  const industry = await add('Account · Industry')
  await ask(industry, 'is')
  await industry.getByRole('combobox', { name: 'Value for Account · Industry' }).fill('Ste')
  await page.getByRole('option', { name: 'Steel', exact: true }).click()
  const click = await add('Clicked a link')
  await ask(click, 'did not')
  await click.getByRole('combobox', { name: 'In campaign' }).fill('Autumn')
  await page.getByRole('option', { name: 'Autumn offer' }).click()
  const list = await add('Target list')
  await ask(list, 'is not in')
  await list.getByRole('combobox', { name: 'Values for Target list' }).fill('Read')
  await page.getByRole('option', { name: 'Readers' }).click()
}

async function saveView(page: Page, name: string) {
  await page.getByRole('button', { name: 'View: All contacts' }).click()
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Everybody who signs in').check()
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('button', { name: `View: ${name}` }).waitFor()
}

/** Every combination of city and industry; some of them get a campaign, half of those click; others are readers. */
async function givenPeople(api: Api): Promise<Person[]> {
  const accounts = await Promise.all(industries.map((industry) => (industry ? api.post<Made>('/accounts', { name: `${industry} works`, industry }) : null)))
  const people: Person[] = []
  for (let round = 0; round < 13; round++) {
    people.push(...await Promise.all(cities.flatMap((city) => industries.map(async (industry, index) => {
      const emailAddress = `${round}-${index}-${cities.indexOf(city)}@shop.example`
      const { id } = await api.post<Made>('/contacts', {
        lastName: `${city} ${industry} ${round}`, emailAddress, addressCity: city, accountId: accounts[index]?.id ?? null,
      })
      return { id, emailAddress, city, industry, clicked: false, isReader: round < 3 }
    }))))
  }
  const idsOf = (members: Person[]) => members.map(({ id }) => id)
  await listOf(api, 'Readers', idsOf(people.filter(({ isReader }) => isReader)))
  const mailed = people.filter((_, index) => index % 9 === 0)
  await sendCampaign(api, 'Autumn offer', await listOf(api, 'Mailed', idsOf(mailed)))
  const clickers = mailed.filter((_, index) => index % 2 === 0)
  for (const person of clickers) {
    await clickAs(api, person.emailAddress, 'Autumn offer')
    person.clicked = true
  }
  return people
}

test('all results of a search go to a new target list, seen or not', async () => {
  await using desk = await openDesk()
  const { page, api } = desk
  for (let index = 0; index < 60; index++) await api.post('/contacts', { firstName: 'Anna', lastName: `Berg ${index}`, emailAddress: `anna${index}@example.com` })
  await api.post('/contacts', { firstName: 'Ben', lastName: 'Other', emailAddress: 'ben@example.com' })
  await signIn(desk)
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await page.getByLabel('Search contacts').fill('berg')
  await page.getByRole('table', { name: 'Contacts' }).getByText('Berg 59').waitFor()
  await page.getByText('Ben Other').waitFor({ state: 'detached' })
  await page.getByLabel('Select all shown').click()
  await page.getByRole('button', { name: 'Select all 60 results' }).click()
  await page.getByRole('button', { name: 'Add to target list' }).click()
  await page.getByRole('tab', { name: 'New list' }).click()
  await page.getByLabel('Name of the new list').fill('All Bergs')
  await page.getByRole('button', { name: 'Create and add' }).click()
  await page.getByText('60 contacts added to All Bergs').waitFor()
  const { items } = await api.get<{ items: { name: string; members: number }[] }>('/target-lists')
  expect(items).toMatchObject([{ name: 'All Bergs', members: 60 }])
  expect(desk.faults).toEqual([])
})
