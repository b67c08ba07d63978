/** Looks into the first bytes of a table file in the browser: which encoding, which delimiter, its header and first rows. The server reads the file itself anew. */
export type Preview = { encoding: string; delimiter: string; header: string[]; rows: string[][] }

const bytesLookedAt = 128 * 1024
const rowsShown = 20

export async function previewOf(file: Blob): Promise<Preview> {
  const bytes = new Uint8Array(await file.slice(0, bytesLookedAt).arrayBuffer())
  const { text, encoding } = decoded(bytes, file.size > bytesLookedAt)
  const delimiter = delimiterOf(text)
  const [header = [], ...rows] = rowsOf(text, delimiter, rowsShown + 1)
  return { encoding, delimiter, header, rows }
}

/** A byte order mark says it; else it is UTF-8 if it reads as UTF-8, else what Windows writes in the West. */
export function decoded(bytes: Uint8Array, cut: boolean): { text: string; encoding: string } {
  const encoding = markOf(bytes) ?? (readsAsUtf8(bytes, cut) ? 'utf-8' : 'windows-1252')
  return { encoding, text: new TextDecoder(encoding).decode(bytes) }
}

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** A cut file may end inside a character, so that streaming (which waits for the rest) decides. */
function readsAsUtf8(bytes: Uint8Array, cut: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
    return true
  } catch {
    return false
  }
}

/** The candidate that stands most often in the first line, outside quotes. */
export function delimiterOf(text: string): string {
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]!.delimiter
}

/** RFC 4180 with any delimiter: quotes may hold delimiters, line breaks and doubled quotes. Stops after `most` rows. */
export function rowsOf(text: string, delimiter: string, most: number): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"\\r\\n${delimiter === '|' ? '\\|' : delimiter}]*))(${delimiter === '|' ? '\\|' : delimiter}|\\r\\n|\\n|\\r|$)`, 'y')
  const rows: string[][] = [[]]
  for (let match = cell.exec(text); match && rows.length <= most; match = cell.exec(text)) {
    rows.at(-1)!.push(match[1]?.replace(/""/g, '"') ?? match[2] ?? '')
    if (cell.lastIndex >= text.length) break
    if (match[3] !== delimiter) rows.push([])
  }
  return rows.filter((row) => row.some(Boolean)).slice(0, most)
}
