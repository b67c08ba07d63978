/** What may be done with a mass email in each status, and why not when not: for buttons and menus. Pure. */
export type MassEmailStatus = 'draft' | 'pending' | 'inProcess' | 'paused' | 'complete' | 'canceled' | 'failed'
export type Step = 'schedule' | 'backToDraft' | 'pause' | 'resume' | 'cancel' | 'retryFailed' | 'sendToNew' | 'edit' | 'sendTest'

const from: Record<Step, MassEmailStatus[]> = {
  schedule: ['draft'],
  backToDraft: ['pending'],
  pause: ['inProcess'],
  resume: ['paused'],
  cancel: ['pending', 'inProcess', 'paused'],
  retryFailed: ['complete', 'inProcess', 'paused'],
  sendToNew: ['complete'],
  edit: ['draft'],
  sendTest: ['draft', 'pending', 'inProcess', 'paused', 'complete'],
}

const whyNot: Record<Step, string> = {
  schedule: 'It was scheduled already.',
  backToDraft: 'Only what has not started yet can go back to draft.',
  pause: 'Only what is being sent can be paused.',
  resume: 'It is not paused.',
  cancel: 'There is nothing left to cancel.',
  retryFailed: 'Nothing has been tried yet.',
  sendToNew: 'Possible once it is complete.',
  edit: 'Take it back to draft to change it. What has started stays as it was frozen.',
  sendTest: 'It was canceled.',
}

/** The reason why the step cannot be taken now, or nothing when it can. */
export const reasonAgainst = (step: Step, status: MassEmailStatus): string | undefined =>
  from[step].includes(status) ? undefined : whyNot[step]

/** Something is on its way or about to be: worth looking again every few seconds. */
export const isLive = (status: MassEmailStatus) => status === 'inProcess' || status === 'pending'
