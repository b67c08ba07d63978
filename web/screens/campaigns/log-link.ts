/** Where a figure leads: to exactly the log entries it counts. Figures count people, never machines, and no tests. */
import { paths } from '../../paths.ts'
import type { LogAction } from './log-actions.ts'

export const logLink = (campaignId: string, action: LogAction, massEmailId?: string): string =>
  paths.campaignLog(campaignId, { action, massEmailId, test: 'false', ...((action === 'opened' || action === 'clicked') && { machine: 'false' }) })
