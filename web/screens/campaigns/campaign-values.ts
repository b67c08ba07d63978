/** What of a campaign is typed in, and how the choices are explained. */
import type { Campaign } from '../../../src/campaign/contract.ts'

type CampaignType = Campaign['type']
export const campaignStatuses: Campaign['status'][] = ['planning', 'active', 'inactive', 'complete']

const fields = ['name', 'type', 'status', 'description', 'startDate', 'endDate', 'trackAllLinks', 'targetListIds', 'excludingTargetListIds'] as const
export type CampaignValues = Pick<Campaign, (typeof fields)[number]>

export const valuesOf = (campaign: Campaign): CampaignValues => Object.fromEntries(fields.map((name) => [name, campaign[name]])) as CampaignValues

export const blankCampaign: CampaignValues = {
  name: '', type: 'email', status: 'active', description: '', startDate: null, endDate: null, trackAllLinks: false, targetListIds: [], excludingTargetListIds: [],
}

const offline = 'Kept for the record. Only the three email types send mail.'
export const typeHints: Record<CampaignType, string> = {
  email: 'One-off mail: offers, news, invitations.',
  newsletter: 'Regular mail, with the preferences link.',
  informationalEmail: 'What people must know. Ignores opt-outs, carries no opt-out link and no tracking.',
  web: offline, television: offline, radio: offline, mail: offline,
}

export const campaignTypes = Object.keys(typeHints) as CampaignType[]

/** The others are only noted down. */
export const sendsMail = (type: CampaignType) => type === 'email' || type === 'newsletter' || type === 'informationalEmail'
