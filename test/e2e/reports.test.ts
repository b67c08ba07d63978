/** A report built by hand in the browser: the question of a marketer in few steps, then counted in groups, drawn in every way, opened, pinned, and asked again. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Api } from '../../src/demo/api.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { clickAs, listOf, membersOf, sendCampaign } from './given-campaign.ts'
import { faultsInEveryLook } from './looks.ts'

type Made = { id: string }
type Person = { id: string; emailAddress: string; city: string; industry: string | null; nr: number }
const lastCampaigns = ['Spring', 'Summer', 'Autumn']

test('contacts in Berlin or Hamburg, of Steel, who got one of the last three campaigns, clicked none of them and are not in a list: built in few steps, counted right, fills a list', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const { people, wanted } = await givenReaders(api)
  await signIn(desk)
  await page.getByRole('link', { name: 'Reports', exact: true }).click()
  await page.getByText('No reports yet').waitFor()
  const steps = await askTheQuestion(page)
  // A step takes a person a second or two: the sentence stands within a minute.
  expect(steps).toBeLessThanOrEqual(35)
  await page.getByText(`Finds ${wanted.length} contacts`).waitFor()
  await page.getByRole('button', { name: 'Show results' }).click()
  for (const words of ['Address City is Berlin or Hamburg', 'Account · Industry is Steel', 'Was sent a mail in one of the last 3 campaigns', 'Did not click in any of the last 3 campaigns', 'Target list is not in List X']) {
    await page.getByRole('button', { name: words, exact: true }).waitFor()
  }
  await totalIs(page.getByRole('region', { name: 'Preview' }), wanted.length)
  await page.getByLabel('Name', { exact: true }).fill('Steel, quiet')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Steel, quiet' }).waitFor()
  await totalIs(page.getByRole('region', { name: 'Contacts' }), wanted.length)
  expect(await rowNames(page, 'Steel, quiet')).toEqual(wanted.map(nameOf).toSorted())

  await page.getByRole('button', { name: 'Fill a target list' }).click()
  const dialog = page.getByRole('dialog', { name: /^Fill a target list/ })
  await dialog.getByLabel('Name of the list').fill('To be asked again')
  await dialog.getByRole('button', { name: 'Make and fill it' }).click()
  await page.getByRole('heading', { level: 1, name: 'To be asked again' }).waitFor()
  await expect.poll(() => membersOf(api, 'To be asked again')).toEqual(wanted.map(({ id }) => id).toSorted())
  expect(people.length).toBeGreaterThan(wanted.length)

  await page.goto(url)
  await page.getByRole('button', { name: /^Search and commands/ }).click()
  await page.getByRole('textbox', { name: 'Search' }).fill('quiet')
  await page.getByRole('button', { name: /Steel, quiet/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Steel, quiet' }).waitFor()
  expect(desk.faults).toEqual([])
})

test('a summary is drawn in every way that fits, its marks and cells open the rows behind them, and it stands on Home', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const people = await givenContacts(api)
  await signIn(desk)
  await page.goto(`${url}/reports`)
  await page.getByRole('link', { name: /Contacts by city/ }).click()
  const preview = page.getByRole('region', { name: 'Preview' })
  const drawn = preview.getByRole('group', { name: /\(chart\)$/ })
  for (const kind of ['Bars', 'Pie', 'Funnel']) await draw(page, kind, drawn)
  await choose(page, 'Group by', 'Created')
  for (const kind of ['Line', 'Area']) await draw(page, kind, drawn)
  await page.getByRole('button', { name: 'Then by …' }).click()
  await choose(page, 'Then by', 'Address City')
  await page.getByRole('button', { name: 'Turn them round' }).click()
  for (const kind of ['Stacked bars', 'Heat map', 'Grouped bars']) await draw(page, kind, drawn)
  // What does not fit says why, and nothing happens.
  const pie = page.getByRole('radio', { name: 'Pie' })
  expect(await pie.getAttribute('aria-description')).toMatch(/one group-by/)
  await pie.click({ force: true })
  expect(await pie.getAttribute('aria-checked')).toBe('false')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Contacts by city' }).waitFor()

  const inBerlin = people.filter(({ city }) => city === 'Berlin')
  await page.getByRole('button', { name: new RegExp(`, Berlin: ${inBerlin.length}\\. Show the rows`) }).click()
  const rows = page.getByRole('dialog', { name: 'Berlin' })
  await rows.getByText(`${inBerlin.length} contacts`).waitFor()
  await page.reload()
  await rows.getByRole('link', { name: 'Open as a list of contacts' }).click()
  await page.getByRole('button', { name: 'Address City is Berlin', exact: true }).waitFor()
  await page.getByText(String(inBerlin.length), { exact: true }).first().waitFor()
  await page.goBack()
  await page.keyboard.press('Escape')
  const chart = page.getByRole('region', { name: 'Chart' })
  await chart.getByRole('button', { name: /^Hamburg/ }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /^Hamburg · / }).getByRole('table').waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Pin to Home' }).click()
  await page.getByText('stands on your Home now').waitFor()
  await api.post('/reports', { name: 'Everybody', entityType: 'Contact', kind: 'list' }).then(async (made) => pinAlso(api, (made as Made).id))
  await page.goto(url)
  await page.getByRole('group', { name: 'Everybody', exact: true }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.getByText('Everybody: 1 of 2.').waitFor()
  await page.getByRole('button', { name: 'Actions for Everybody' }).click()
  await page.getByRole('menuitem', { name: 'Take off Home' }).click()
  await page.getByRole('group', { name: 'Everybody', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Contacts by city' }).getByRole('group', { name: /\(chart\)$/ }).waitFor()
  expect(desk.faults).toEqual([])
})

test('a value that is asked for is answered on the page of the report, and the address keeps the answer', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const people = await givenContacts(api)
  const count = (city: string) => people.filter((person) => person.city === city).length
  await signIn(desk)
  await page.goto(`${url}/records/contacts?filter=${encodeURIComponent(JSON.stringify({ field: 'addressCity', op: 'in', value: ['Berlin'] }))}`)
  await page.getByRole('link', { name: 'Make a report of this filter' }).click()
  await page.getByRole('heading', { level: 1, name: 'New report' }).waitFor()
  await page.getByRole('button', { name: 'Address City is Berlin', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Ask for Address City when the report is run' }).check()
  await page.getByLabel('The question').fill('Which city?')
  await page.getByText(`Finds ${count('Berlin')} contacts`).waitFor()
  await page.getByRole('button', { name: 'Show results' }).click()
  await page.getByRole('button', { name: 'Address City is Berlin (asked)', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await page.getByRole('button', { name: 'Stay' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  const answer = page.getByRole('group', { name: 'Which city?' })
  await totalIs(page.getByRole('region', { name: 'Contacts' }), count('Berlin'))
  await answer.getByRole('combobox').fill('Köln')
  await page.keyboard.press('Enter')
  await totalIs(page.getByRole('region', { name: 'Contacts' }), count('Berlin') + count('Köln'))
  await page.reload()
  await totalIs(page.getByRole('region', { name: 'Contacts' }), count('Berlin') + count('Köln'))
  expect(desk.faults).toEqual([])
})

test('the pages of reports are in order in every look', async () => {
  await using desk = await openDesk()
  const { api } = desk
  await givenContacts(api)
  await signIn(desk)
  const found = await faultsInEveryLook(desk, '/reports')
  const asked = { filter: { field: 'addressCity', op: 'in', value: { question: 'city' } }, questions: [{ name: 'city', label: 'Which city?', default: ['Berlin', 'Hamburg'] }] }
  const list = await api.post<Made>('/reports', { name: 'In town', entityType: 'Contact', kind: 'list', category: 'Geography', columns: ['name', 'addressCity', 'account.industry', 'createdAt'], ...asked })
  const grid = await api.post<Made>('/reports', { name: 'By city', entityType: 'Contact', kind: 'grid', groupBy: ['addressCity', 'account.industry'], aggregates: ['count', 'max:createdAt'], chart: 'stackedBar' })
  for (const { id } of [list, grid]) await pinAlso(api, id)
  const rows = encodeURIComponent(JSON.stringify(['Berlin']))
  await api.post('/report-schedules', { reportId: list.id, schedule: '0 8 * * 1', attach: 'csv' })
  for (const address of ['/', '/reports', '/reports/scheduled', '/reports/new', `/reports/${list.id}`, `/reports/${grid.id}`, `/reports/${grid.id}?rows=${rows}`, `/reports/${grid.id}/edit`, `/reports/${list.id}/edit`]) {
    found.push(...await faultsInEveryLook(desk, address, () => settled(desk)))
  }
  expect(found).toEqual([])
  expect(desk.faults).toEqual([])
}, 600_000)

const settled = async ({ page }: Desk) => { await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' }) }

async function totalIs(region: Locator, total: number) {
  await region.getByRole('definition').filter({ hasText: new RegExp(`^${total}$`) }).waitFor()
}

const nameOf = ({ city, industry, nr }: Person) => `${city} ${industry} ${nr}`
const rowNames = async (page: Page, label: string) =>
  (await page.getByRole('table', { name: label }).getByRole('row').locator('a[data-name]').allTextContents()).toSorted()

/** As a person does it: every press, choice and text is a step. Answers how many there were. */
async function askTheQuestion(page: Page): Promise<number> {
  let steps = 0
  const press = async (what: Locator) => { steps += 1; await what.click() }
  const type = async (where: Locator, text: string) => { steps += 1; await where.fill(text) }
  const option = (name: string) => page.getByRole('option', { name, exact: true })
  const editor = page.getByRole('dialog', { name: 'Filter' })
  const add = async (field: string) => {
    await type(editor.getByRole('combobox', { name: /What to filter by|Add a condition/ }).last(), field)
    await press(option(field))
    return editor.getByRole('group', { name: field, exact: true })
  }
  const ask = async (condition: Locator, words: string) => {
    await press(condition.getByRole('combobox', { name: /^Condition on/ }))
    await press(option(words))
  }
  await press(page.getByRole('link', { name: 'New report' }).first())
  await press(page.getByRole('region', { name: 'Which ones?' }).getByRole('button', { name: 'Add filter' }))
  const city = await add('Address City')
  await ask(city, 'is any of')
  for (const name of ['Berlin', 'Hamburg']) {
    await type(city.getByRole('combobox', { name: 'Values for Address City' }), name)
    await page.keyboard.press('Enter')
  }
  const industry = await add('Account · Industry')
  await ask(industry, 'is')
  await type(industry.getByRole('combobox', { name: 'Value for Account · Industry' }), 'Steel')
  const sent = await add('Was sent a mail')
  await press(sent.getByRole('combobox', { name: 'In campaign' }))
  await press(option('The last 3 campaigns'))
  const click = await add('Clicked a link')
  await ask(click, 'did not')
  await press(click.getByRole('combobox', { name: 'In campaign' }))
  await press(option('The last 3 campaigns'))
  const list = await add('Target list')
  await ask(list, 'is not in')
  await press(list.getByRole('combobox', { name: 'Values for Target list' }))
  await press(option('List X'))
  return steps
}

async function choose(page: Page, label: string, field: string) {
  await page.getByRole('combobox', { name: label, exact: true }).fill(field)
  await page.getByRole('option', { name: field, exact: true }).click()
}

async function draw(page: Page, kind: string, drawn: Locator) {
  await page.getByRole('radio', { name: kind, exact: true }).click()
  await drawn.locator('[data-mark]').first().waitFor()
}

async function pinAlso(api: Api, id: string) {
  const { items } = await api.get<{ items: Made[] }>('/report-pins')
  await api.put('/report-pins', { reportIds: [...items.map((report) => report.id), id] })
}

/** Eight people of each city and industry. */
async function givenContacts(api: Api): Promise<Person[]> {
  const account = await api.post<Made>('/accounts', { name: 'Steel works', industry: 'Steel' })
  const all = ['Berlin', 'Hamburg', 'Köln'].flatMap((city) => ['Steel', null].flatMap((industry) => Array.from({ length: 8 }, (_, nr) => ({ city, industry, nr }))))
  return Promise.all(all.map(async ({ city, industry, nr }) => {
    const emailAddress = `${nr}-${industry ?? 'none'}-${city === 'Köln' ? 'koeln' : city}@shop.example`.toLowerCase()
    const { id } = await api.post<Made>('/contacts', { lastName: `${city} ${industry} ${nr}`, emailAddress, addressCity: city, accountId: industry ? account.id : null })
    return { id, emailAddress, city, industry, nr }
  }))
}

/** Four campaigns, the first of which is too old; some click, some are in List X. Who is wanted is found by looking at each. */
async function givenReaders(api: Api): Promise<{ people: Person[]; wanted: Person[] }> {
  const people = await givenContacts(api)
  const clicked = new Set<string>()
  const got = new Set<string>()
  const send = async (name: string, readers: Person[], clickers: Person[]) => {
    await sendCampaign(api, name, await listOf(api, `Readers of ${name}`, readers.map(({ id }) => id)))
    for (const { id, emailAddress } of clickers) {
      await clickAs(api, emailAddress, name)
      if (name !== 'Winter') clicked.add(id)
    }
    if (name !== 'Winter') for (const { id } of readers) got.add(id)
  }
  await send('Winter', people.filter(({ nr }) => nr % 2 === 0), people.filter(({ nr, city }) => nr === 2 && city === 'Berlin'))
  for (const [index, name] of lastCampaigns.entries()) await send(name, people.filter(({ nr }) => nr % 4 === index + 1), people.filter(({ nr, city }) => nr === index + 1 && city === 'Berlin' && index !== 1))
  const inList = new Set(people.filter(({ nr }) => nr === 7).map(({ id }) => id))
  await listOf(api, 'List X', [...inList])
  const wanted = people.filter(({ id, city, industry }) => city !== 'Köln' && industry === 'Steel' && got.has(id) && !clicked.has(id) && !inList.has(id))
  return { people, wanted }
}
