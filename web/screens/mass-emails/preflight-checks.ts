/** What the answers of the pre-flight mean for the screens. Pure. */
export type Check = { code: string; level: 'ok' | 'warning' | 'error' | 'unknown'; message: string; advice: string }

/** Scheduling here fills in an empty Date Start with "at once", so its absence is no fault on a screen. */
export const askedHere = (checks: Check[]): Check[] => checks.filter(({ code }) => code !== 'dateStartMissing')

/** Nobody is asked in vain: everything but the approval itself has to be right. */
export const askedForApproval = (checks: Check[]): Check[] => askedHere(checks).filter(({ code }) => code !== 'needsApproval')

export const isReady = (checks: Check[]): boolean => checks.every(({ level }) => level !== 'error')

/** One line over all checks: "Ready", "2 things to mend first". */
export function preflightSummary(checks: Check[]): { level: Check['level']; words: string } {
  const errors = checks.filter(({ level }) => level === 'error').length
  const warnings = checks.filter(({ level }) => level === 'warning').length
  if (errors > 0) return { level: 'error', words: errors === 1 ? 'One thing to mend first' : `${errors} things to mend first` }
  return warnings > 0 ? { level: 'warning', words: `Ready, with ${warnings === 1 ? 'one warning' : `${warnings} warnings`}` } : { level: 'ok', words: 'Ready' }
}
