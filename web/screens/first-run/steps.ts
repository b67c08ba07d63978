/** The steps of the first run in words, and which one is next. Home and the wizard read the same list. */
import type { FirstRun, StepName } from '../../../src/first-run/contract.ts'

/** `lost`: what one goes without while the step is left out. */
type StepWords = { title: string; about: string; lost: string }

export const stepWords: Record<StepName, StepWords> = {
  company: { title: 'Your company', about: 'Who writes, from where, and where this installation is found.', lost: 'Mass emails go out without your name and postal address, which the law asks for in most countries.' },
  server: { title: 'Mail server', about: 'Who carries your mail. Until then the Sandbox keeps it.', lost: 'Mail stays in the Sandbox: you see everything, and nobody gets anything.' },
  sender: { title: 'Sender', about: 'The address and name that readers see.', lost: 'No mass email can be scheduled before there is a sender.' },
  mail: { title: 'A mail to yourself', about: 'Does it arrive, and where?', lost: 'Whether your mail arrives, or lands among spam, shows with the first real readers.' },
  bounces: { title: 'Bounce mailbox', about: 'What comes back is read, so that dead addresses are found.', lost: 'Dead addresses are not found: they are mailed again and again, which providers hold against you.' },
  contacts: { title: 'Your contacts', about: 'From a file, or yourself to begin with.', lost: 'There is nobody to write to.' },
  campaign: { title: 'First campaign', about: 'A list, a letter, and off it goes.', lost: 'You make it whenever you like, under Campaigns.' },
}

export type Steps = FirstRun['steps']

export const stateOf = (steps: Steps, name: StepName) => steps.find(({ step }) => step === name)?.state ?? 'open'
export const openSteps = (steps: Steps): StepName[] => steps.filter(({ state }) => state === 'open').map(({ step }) => step)

/** The first open one behind `after`, else the first open one; null when nothing is left. */
export function nextStep(steps: Steps, after?: StepName): StepName | null {
  const place = steps.findIndex(({ step }) => step === after)
  return openSteps(steps.slice(place + 1))[0] ?? openSteps(steps)[0] ?? null
}

/** `5 of 7 steps done, 1 left out.` */
export function howFar(steps: Steps): string {
  const [done, skipped] = ['done', 'skipped'].map((wanted) => steps.filter(({ state }) => state === wanted).length) as [number, number]
  return `${done} of ${steps.length} steps done${skipped > 0 ? `, ${skipped} left out` : ''}.`
}
