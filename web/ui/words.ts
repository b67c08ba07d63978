/** Codes of the API as words a person reads. */
const special: Record<string, string> = {
  ok: 'OK', smtp: 'SMTP', url: 'URL', api: 'API', neverTwice: 'Never twice', optedOut: 'Opted out', optedIn: 'Opted in',
  noAddress: 'No address', malformedAddress: 'Malformed address', excludedAddress: 'Excluded', inProcess: 'In process',
}

/** `informationalEmail` → `Informational email`, `send-mass-emails` → `Send mass emails`. */
export function inWords(code: string): string {
  const words = code.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase()
  return special[code] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** `1 contact`, `2 contacts`: the number in the reader's locale. */
export const counted = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`
