/** What a campaign can be. Pure: the web reads it too. */

export const campaignTypes = ['email', 'newsletter', 'informationalEmail', 'web', 'television', 'radio', 'mail'] as const
export type CampaignType = (typeof campaignTypes)[number]

export const campaignStatuses = ['planning', 'active', 'inactive', 'complete'] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

/** Types whose campaigns have mass emails; the others are only noted down. */
export const mailedTypes: readonly string[] = ['email', 'newsletter', 'informationalEmail'] satisfies CampaignType[]
