/** The steps of the first run, in order, and what makes each of them done. Pure. */

export const stepNames = ['company', 'server', 'sender', 'mail', 'bounces', 'contacts', 'campaign'] as const
export type StepName = (typeof stepNames)[number]

export const mailStates = ['sent', 'arrived', 'missing'] as const
export type MailState = (typeof mailStates)[number]

/** What there is in the installation, as far as it tells that a step is done. */
export type Facts = Record<StepName, boolean>

/** What is there is done, also where somebody had left it out before. */
export const stateOf = (step: StepName, facts: Facts, skipped: readonly string[]) => (facts[step] ? 'done' : skipped.includes(step) ? 'skipped' : 'open')
