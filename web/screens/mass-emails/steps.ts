/** What may be done with a mass email now, and why not when not: for buttons and menus. The server says which steps are allowed. Pure. */
import type { MassEmail } from '../../../src/campaign/contract.ts'

export type Status = MassEmail['status']
export type Step = MassEmail['allowedSteps'][number]

const whyNot: Record<Step, string> = {
  schedule: 'It was scheduled already.',
  backToDraft: 'Only what has not started yet can go back to draft.',
  pause: 'Only what is being sent can be paused.',
  resume: 'It is not paused.',
  cancel: 'There is nothing to cancel.',
  retryFailed: 'Nothing of it has been tried yet.',
  sendToNew: 'Possible once it has started.',
}

/** The reason why the step cannot be taken now, or nothing when it can. */
export const reasonAgainst = (step: Step, { allowedSteps }: Pick<MassEmail, 'allowedSteps'>): string | undefined =>
  allowedSteps.includes(step) ? undefined : whyNot[step]

export const reasonAgainstEditing = (status: Status): string | undefined =>
  status === 'draft' ? undefined : status === 'pending' ? 'Take it back to draft to change it.' : 'It has started: it goes on as it was frozen.'

/** Something is on its way or about to be: worth looking again every few seconds. */
export const isLive = (status: Status) => status === 'inProcess' || status === 'pending'

/** Some of it may not have been tried yet, or waits to be tried again. */
export const isOnItsWay = (status: Status) => status === 'inProcess' || status === 'paused'
