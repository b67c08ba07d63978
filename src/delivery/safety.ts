/** The safety stop's rule: from which numbers on a mass email does more harm than good. Pure. */

/** `dead`: refused at once because the address does not exist; these never were Sent. */
export type SafetyNumbers = { sent: number; dead: number; bouncedHard: number; complained: number }
export type Danger = 'hardBounces' | 'complaints'

export const safetyLimits = { fromSent: 100, hardShare: 0.05, hardAtLeast: 10, complaintShare: 0.003, complaintWarning: 0.001 } as const

/** How many the receiving servers judged: taken, or refused as dead. */
export const judged = ({ sent, dead }: SafetyNumbers): number => sent + dead
export const hardBounces = ({ dead, bouncedHard }: SafetyNumbers): number => dead + bouncedHard

const hardShare = (numbers: SafetyNumbers) => hardBounces(numbers) / judged(numbers)
const complaintShare = (numbers: SafetyNumbers) => numbers.complained / judged(numbers)

/** Why it has to stop; null when it may go on. `accepted`: with what a person let it go on; then it has to be worse than that. */
export function dangerOf(numbers: SafetyNumbers, accepted: SafetyNumbers | null): Danger | null {
  if (judged(numbers) < safetyLimits.fromSent) return null
  if (hardShare(numbers) >= safetyLimits.hardShare && hasMoreHard(numbers, accepted)) return 'hardBounces'
  return complaintShare(numbers) >= safetyLimits.complaintShare && hasMoreComplaints(numbers, accepted) ? 'complaints' : null
}

export const isWorthWarning = (numbers: SafetyNumbers): boolean =>
  judged(numbers) >= safetyLimits.fromSent && complaintShare(numbers) >= safetyLimits.complaintWarning

/** The same number that makes the first stop has to come on top, and the share has to have risen: bad luck of one moment stops nothing twice. */
function hasMoreHard(numbers: SafetyNumbers, accepted: SafetyNumbers | null): boolean {
  const before = accepted ? hardBounces(accepted) : 0
  return hardBounces(numbers) >= before + safetyLimits.hardAtLeast && (accepted === null || hardShare(numbers) > hardShare(accepted))
}

const hasMoreComplaints = (numbers: SafetyNumbers, accepted: SafetyNumbers | null): boolean =>
  accepted === null || (numbers.complained > accepted.complained && complaintShare(numbers) > complaintShare(accepted))

/** What is shown on Home beside these limits. */
export const safeDays = 30
export const safeLines = {
  days: safeDays, stopAt: { bouncedHard: safetyLimits.hardShare, complained: safetyLimits.complaintShare }, warnAt: { complained: safetyLimits.complaintWarning },
} as const
