/** Date pickers work in the reader's wall-clock time (`2030-01-31 09:00:00`), the API in UTC. */
export function wallClock(instant: string | null | undefined): string | null {
  if (!instant) return null
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}

export const instantOf = (wallClock: string | null): string | null => (wallClock ? new Date(wallClock.replace(' ', 'T')).toISOString() : null)
