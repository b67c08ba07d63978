/** A mass email's life, as a table: which step is allowed from where. No database, no clock, no I/O. */
import { AppError } from '../platform/errors.ts'

export const massEmailStatuses = ['draft', 'pending', 'inProcess', 'paused', 'complete', 'canceled', 'failed'] as const
export type MassEmailStatus = (typeof massEmailStatuses)[number]

const steps = {
  schedule:    { from: ['draft'],                          to: 'pending' },
  backToDraft: { from: ['pending'],                        to: 'draft' },
  start:       { from: ['pending'],                        to: 'inProcess' },
  pause:       { from: ['inProcess'],                      to: 'paused' },
  // The product's own pause: also of what has not started, when the account that it was meant for changes.
  hold:        { from: ['pending', 'inProcess'],           to: 'paused' },
  resume:      { from: ['paused'],                         to: 'inProcess' },
  complete:    { from: ['inProcess'],                      to: 'complete' },
  retryFailed: { from: ['complete', 'inProcess'],          to: 'inProcess' },
  sendToNew:   { from: ['complete', 'inProcess'],          to: 'inProcess' },
  // What was Uncertain and held for a person; while it is in process or paused no step is needed for that.
  sendAgain:   { from: ['complete'],                       to: 'inProcess' },
  cancel:      { from: ['pending', 'inProcess', 'paused'], to: 'canceled' },
  fail:        { from: ['pending', 'inProcess', 'paused'], to: 'failed' },
} as const satisfies Record<string, { from: readonly MassEmailStatus[]; to: MassEmailStatus }>
export type MassEmailStep = keyof typeof steps

/** What people may ask for; the web shows exactly these. */
export const userSteps = ['schedule', 'backToDraft', 'pause', 'resume', 'cancel', 'retryFailed', 'sendToNew'] as const
export type UserStep = (typeof userSteps)[number]

/** Where it stands: `frozen` once its audience has become deliveries. */
export type Stand = { status: MassEmailStatus; frozen: boolean }

/** The status after `step`, or a conflict that says why not. What was held before it started goes on waiting. */
export function nextStatus({ status, frozen }: Stand, step: MassEmailStep): MassEmailStatus {
  const { from, to } = steps[step]
  if (!(from as readonly MassEmailStatus[]).includes(status)) throw stepNotAllowed(status, step)
  return step === 'resume' && !frozen ? 'pending' : to
}

export const stepNotAllowed = (status: MassEmailStatus, step: string) =>
  new AppError('conflict', 'stepNotAllowed', `A mass email that is ${inWords[status]} does not allow "${step}".`, { status, step })

export const allowedSteps = ({ status }: Stand): UserStep[] =>
  userSteps.filter((step) => (steps[step].from as readonly MassEmailStatus[]).includes(status))

/** Which step a PATCH of the status asks for; null when nothing changes. Everything but draft ↔ pending has an address of its own. */
export function stepTo(stand: Stand, wanted: MassEmailStatus): 'schedule' | 'backToDraft' | null {
  if (stand.status === wanted) return null
  if (stand.status === 'draft' && wanted === 'pending') return 'schedule'
  if (stand.status === 'pending' && wanted === 'draft') return 'backToDraft'
  throw stepNotAllowed(stand.status, `status ${wanted}`)
}

/** Its fields may change: it has not become deliveries, and still may. */
export const isChangeable = ({ status, frozen }: Stand): boolean => status === 'draft' || status === 'pending' || (status === 'paused' && !frozen)

/** Deliveries may still leave, or may again after a step. */
export const isLive = (status: MassEmailStatus): boolean => status === 'pending' || status === 'inProcess' || status === 'paused'

const inWords: Record<MassEmailStatus, string> = {
  draft: 'a draft', pending: 'pending', inProcess: 'in process', paused: 'paused', complete: 'complete', canceled: 'canceled', failed: 'failed',
}
