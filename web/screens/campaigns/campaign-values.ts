/** What of a campaign is typed in, and how the choices are explained. */
export const campaignTypes = ['email', 'newsletter', 'informationalEmail', 'web', 'television', 'radio', 'mail'] as const
export const campaignStatuses = ['planning', 'active', 'inactive', 'complete'] as const
export type CampaignType = (typeof campaignTypes)[number]
export type CampaignStatus = (typeof campaignStatuses)[number]

export type CampaignValues = {
  name: string
  type: CampaignType
  status: CampaignStatus
  description: string
  startDate: string | null
  endDate: string | null
  trackAllLinks: boolean
  targetListIds: string[]
  excludingTargetListIds: string[]
}

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

export const sendsMail = (type: string) => type === 'email' || type === 'newsletter' || type === 'informationalEmail'
