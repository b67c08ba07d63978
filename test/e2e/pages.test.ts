/** Every page, light and dark, desktop and phone: axe finds nothing serious, nothing sticks out, nothing is logged as an error. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

const addresses = [
  '/', '/account', '/forgot-password', '/first-run/company', '/first-run/server', '/first-run/sender', '/first-run/mail', '/first-run/bounces', '/first-run/contacts', '/first-run/campaign', '/first-run/done', '/campaigns', '/campaigns/new', '/campaigns/compare', '/mass-emails', '/mass-emails/new', '/target-lists', '/target-lists/new', '/templates', '/templates/new', '/sandbox',
  '/records/contacts', '/records/contacts/new', '/records/contacts/duplicates', '/records/accounts', '/records/leads', '/import', '/bin', '/bin?tab=actions', '/administration', '/administration?q=bounce', '/administration/outbound-emails',
  '/administration/outbound-accounts', '/administration/domain-rules', '/administration/dkim', '/administration/group-email-accounts', '/administration/group-email-accounts/new',
  '/administration/group-email-accounts?tab=decide', '/administration/group-email-accounts?tab=all', '/administration/provider-webhooks', '/administration/subscription-forms',
  '/administration/entity-manager', '/administration/entity-manager/new', '/administration/entity-manager/Contact', '/administration/entity-manager/Account?tab=relationships', '/administration/layouts', '/administration/layouts/Account/detail', '/administration/layouts/TargetList', '/administration/settings', '/administration/scheduled-jobs', '/administration/users', '/administration/roles', '/administration/roles/new', '/administration/teams', '/administration/sign-in', '/administration/api-keys', '/administration/suppressions',
  '/administration/delivery-health', '/administration/alarms', '/administration/webhooks', '/administration/scheduled-jobs/send-mass-emails', '/administration/slow-filters', '/administration/audit-log', '/nowhere',
]

test('every page is in order, light and dark, on a desk and on a phone', async () => {
  await using desk = await openDesk()
  const twins = await Promise.all(['Anna', 'Ann'].map((firstName) => desk.api.post<{ id: string }>('/contacts', { firstName, lastName: 'Berg', emailAddress: 'anna@example.com' })))
  const list = await desk.api.post<{ id: string }>('/target-lists', { name: 'Readers' })
  const form = await desk.api.post<{ id: string }>('/subscription-forms', { name: 'Newsletter', targetListIds: [list.id], fields: [{ name: 'firstName' }], consentText: 'Yes' })
  const ofForm = ['', '?tab=embed', '?tab=subscriptions'].map((tab) => `/administration/subscription-forms/${form.id}${tab}`)
  const campaigns = await Promise.all(['Spring', 'Summer'].map((name) => desk.api.post<{ id: string }>('/campaigns', { name, type: 'email', status: 'active' })))
  const link = await desk.api.post<{ code: string }>('/tracking-urls', { campaignId: campaigns[0]!.id, name: 'Shop', action: 'redirect', url: 'https://shop.example/' })
  const template = await desk.api.post<{ id: string }>('/email-templates', { name: 'Letter', subject: 'Hello', body: `<p>Hello</p><a href="${link.code}">Shop</a>`, format: 'html' })
  await desk.api.post('/mass-emails', { campaignId: campaigns[0]!.id, name: 'First', emailTemplateId: template.id })
  const ofCampaigns = [`/campaigns/${campaigns[0]!.id}`, `/campaigns/${campaigns[0]!.id}?parts=field&field=addressCity`, `/campaigns/compare?ids=${campaigns.map(({ id }) => id).join(',')}`]
  await signIn(desk)
  const { items: [account] } = await desk.api.get<{ items: { id: string }[] }>('/outbound-accounts')
  const { items: [user] } = await desk.api.get<{ items: { id: string }[] }>('/users')
  const found: string[] = []
  for (const address of [...addresses, ...ofCampaigns, ...ofForm, `/administration/outbound-accounts/${account!.id}`, `/administration/users/${user!.id}`, `/records/users/${user!.id}`, `/records/contacts/${twins[0]!.id}`, `/records/contacts/merge?ids=${twins.map(({ id }) => id).join(',')}`]) found.push(...await faultsInEveryLook(desk, address))
  expect(found).toEqual([])
  expect(desk.faults).toEqual([])
}, 600_000)
