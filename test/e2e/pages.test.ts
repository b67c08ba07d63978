/** Every page, light and dark, desktop and phone: axe finds nothing serious, nothing sticks out, nothing is logged as an error. */
import { expect, test } from 'vitest'
import { type Desk, openDesk, seriousFaults, signIn } from './browser.ts'

const addresses = [
  '/', '/campaigns', '/campaigns/new', '/mass-emails', '/mass-emails/new', '/target-lists', '/target-lists/new', '/templates', '/templates/new', '/sandbox',
  '/records/contacts', '/records/contacts/new', '/records/accounts', '/records/leads', '/import', '/administration', '/administration/outbound-emails',
  '/administration/outbound-accounts', '/administration/domain-rules', '/administration/dkim', '/administration/group-email-accounts', '/administration/group-email-accounts/new',
  '/administration/group-email-accounts?tab=decide', '/administration/group-email-accounts?tab=all', '/administration/provider-webhooks',
  '/administration/layouts', '/administration/layouts/Account/detail', '/administration/layouts/TargetList', '/administration/settings', '/administration/scheduled-jobs', '/administration/users', '/administration/api-keys', '/administration/suppressions',
  '/administration/delivery-health', '/administration/audit-log', '/nowhere',
]

async function faultsOf({ page, url }: Desk, address: string): Promise<string[]> {
  await page.goto(url + address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
  const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  return [...await seriousFaults(page), ...(sticksOut ? ['wider than the window'] : [])].map((fault) => `${address}: ${fault}`)
}

test.each([
  ['light on a desk', { colorScheme: 'light', width: 1280 }],
  ['dark on a desk', { colorScheme: 'dark', width: 1280 }],
  ['light on a phone', { colorScheme: 'light', width: 360 }],
] as const)('every page is in order, %s', async (_, { colorScheme, width }) => {
  await using desk = await openDesk()
  await desk.api.post('/contacts', { firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@example.com' })
  await desk.api.post('/target-lists', { name: 'Readers' })
  await desk.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await signIn(desk)
  await desk.page.setViewportSize({ width, height: 800 })
  const found: string[] = []
  const { items: [account] } = await desk.api.get<{ items: { id: string }[] }>('/outbound-accounts')
  for (const address of [...addresses, `/administration/outbound-accounts/${account!.id}`]) found.push(...await faultsOf(desk, address))
  expect(found).toEqual([])
  expect(desk.faults).toEqual([])
})
