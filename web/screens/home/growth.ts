/** Days of a list's growth as weeks, today's last. Pure. */
type Day = { day: string; added: number; members: number }

/** The members at the end of each week. */
export function byWeek(days: readonly Day[]): { label: string; values: { members: number } }[] {
  const ends = days.filter((_, index) => (days.length - 1 - index) % 7 === 0)
  return ends.map(({ day, members }) => ({ label: new Date(`${day}T12:00`).toLocaleDateString(undefined, { day: 'numeric', month: 'short' }), values: { members } }))
}
