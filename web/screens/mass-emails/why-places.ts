/** Where a reason why nothing goes out can be mended. Pure. */
import type { Why } from '../../../src/health/contract.ts'
import { paths } from '../../paths.ts'

export type Reason = Why['reasons'][number]
export type Place = { to: string; words: string }

const jobs: Place = { to: paths.scheduledJob('send-mass-emails'), words: 'Open the job' }
const health: Place = { to: paths.deliveryHealth(), words: 'Open Delivery Health' }
const limits: Place = { to: paths.outboundEmails(), words: 'Open the limits' }

/** Null where it is mended on the mass email's own page, passes by itself, or by whom this person is not. */
export function placeOf({ code, targetListId, accountId }: Reason, { campaignId, administers }: { campaignId: string; administers: boolean }): Place | null {
  if (code === 'campaignNotActive') return { to: paths.campaign(campaignId), words: 'Open the campaign' }
  if (targetListId) return { to: paths.targetList(targetListId), words: 'Open the target list' }
  if (!administers) return null
  if (code === 'jobInactive' || code === 'noRunYet') return jobs
  if (code === 'schedulerDead') return health
  if (code === 'portionUsedUp' || code === 'windowClosed') return limits
  if (code === 'accountBroken' && accountId) return { to: paths.outboundAccount(accountId), words: 'Open the account' }
  return null
}

/** Reasons that are as it should be: time passes and they go away by themselves. */
const patient = ['draft', 'notDue', 'noRunYet', 'portionUsedUp', 'windowClosed', 'paused', 'needsApproval']

export const isPatient = ({ code }: Pick<Reason, 'code'>): boolean => patient.includes(code)
