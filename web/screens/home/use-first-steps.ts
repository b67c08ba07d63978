/** Which of the first steps are done, told from what is there. */
import { listTargetLists } from '../../../src/audience/contract.ts'
import * as campaign from '../../../src/campaign/contract.ts'
import { listEmailTemplates } from '../../../src/content/contract.ts'
import { countRecords } from '../../../src/records/contract.ts'
import { getGeneral } from '../../../src/settings/contract.ts'
import { useLook } from '../../api/client.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { paths } from '../../paths.ts'

export type FirstStep = { title: string; about: string; to: string; done: boolean }

const one = { query: { limit: 1, fields: 'id' } }

/** Null until everything is known, so that no tick appears late. */
export function useFirstSteps(enabled: boolean): FirstStep[] | null {
  const administrator = useIsAdministrator()
  const contacts = useLook(countRecords, { params: { slug: 'contacts' } }, { enabled })
  const lists = useLook(listTargetLists, one, { enabled })
  const templates = useLook(listEmailTemplates, one, { enabled })
  const campaigns = useLook(campaign.listCampaigns, one, { enabled })
  const sent = useLook(campaign.listMassEmails, { query: { filter: { field: 'status', op: 'in', value: ['inProcess', 'complete'] }, limit: 1, fields: 'id' } }, { enabled })
  const general = useLook(getGeneral, {}, { enabled })
  if (!contacts.data || !lists.data || !templates.data || !campaigns.data || !sent.data || !general.data) return null
  const company = { title: 'Say who you are', about: 'Company and postal address stand at the foot of your mail.', to: paths.generalSettings(), done: Boolean(general.data.companyName && general.data.postalAddress) }
  return [
    ...(administrator ? [company] : []),
    { title: 'Bring in your contacts', about: 'From a CSV file, or one by hand.', to: paths.import(), done: contacts.data.total > 0 },
    { title: 'Make a target list', about: 'The people a campaign goes to.', to: paths.newTargetList(), done: lists.data.total > 0 },
    { title: 'Write a template', about: 'With placeholders, previewed as a real person.', to: paths.newTemplate(), done: templates.data.total > 0 },
    { title: 'Create a campaign', about: 'It holds lists, mass emails and their figures.', to: paths.newCampaign(), done: campaigns.data.total > 0 },
    { title: 'Send the first mass email', about: 'The Sandbox catches it until you set up a server.', to: paths.newMassEmail(), done: sent.data.total > 0 },
  ]
}
