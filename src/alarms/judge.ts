/** Which checks of Delivery Health people are alarmed of now, and which alarms are over. Pure. */

export type AlarmLevel = 'warning' | 'error'
export type Finding = { code: string; level: 'ok' | AlarmLevel | 'unknown'; message: string; advice: string; since: Date }
/** An alarm that was given and is not over. */
export type Told = { code: string; level: AlarmLevel; toldAt: Date }
export type Rules = { level: AlarmLevel; afterMinutes: number; repeatDaily: boolean }
export type Judgement = { alarms: (Finding & { level: AlarmLevel; again: boolean })[]; over: Over[] }
/** `left`: the warning that it is now, where only errors are alarms. */
export type Over = Told & { left: string | null }

const dayMs = 24 * 3_600_000

export function judge(findings: readonly Finding[], told: readonly Told[], rules: Rules, now: Date): Judgement {
  const toldOf = new Map(told.map((alarm) => [alarm.code, alarm]))
  const alarms = findings.filter(isTrouble).flatMap((finding) => {
    const before = toldOf.get(finding.code)
    const again = before?.level === finding.level
    return isAlarming(finding, before, rules, now) ? [{ ...finding, again }] : []
  })
  const findingOf = new Map(findings.map((finding) => [finding.code, finding]))
  // What is not known is neither well nor worse. A check that is gone is over.
  const over = told.flatMap((alarm) => {
    const { level, message } = findingOf.get(alarm.code) ?? { level: 'ok', message: '' } as const
    return level === 'unknown' || reaches(level, rules) ? [] : [{ ...alarm, left: level === 'warning' ? message : null }]
  })
  return { alarms, over }
}

const isTrouble = (finding: Finding): finding is Finding & { level: AlarmLevel } => finding.level === 'error' || finding.level === 'warning'
const reaches = (level: Finding['level'], rules: Rules) => level === 'error' || (level === 'warning' && rules.level === 'warning')

/** Told once while it lasts, once more where it got worse, and again each day where that is wanted. */
function isAlarming({ level, since }: Finding & { level: AlarmLevel }, before: Told | undefined, rules: Rules, now: Date): boolean {
  if (!reaches(level, rules) || now.getTime() - since.getTime() < rules.afterMinutes * 60_000) return false
  if (!before || (before.level === 'warning' && level === 'error')) return true
  return rules.repeatDaily && now.getTime() - before.toldAt.getTime() >= dayMs
}
