/** Which character separates the cells, found in the first rows. Pure. */
export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

const rowsLookedAt = 50

/** The one that cuts most rows into as many cells as the first, and into more than one. */
export function findDelimiter(start: string): Delimiter {
  const told = /^sep=([,;\t|])\r?\n/i.exec(start)
  if (told) return told[1] as Delimiter
  const scored = delimiters.map((delimiter) => ({ delimiter, score: scoreOf(cellCounts(start, delimiter)) }))
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).delimiter
}

/** Spreadsheets may write the delimiter in a line of its own before the header. */
export const hasDelimiterLine = (start: string): boolean => /^sep=[,;\t|]\r?\n/i.test(start)

function scoreOf(counts: number[]): number {
  const [header = 1] = counts
  if (header < 2) return 0
  return counts.filter((count) => count === header).length / counts.length + header / 1000
}

/** How many cells each of the first rows would have; delimiters and line breaks within quotes do not count. */
function cellCounts(text: string, delimiter: string): number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  for (let at = 0; at < text.length && counts.length < rowsLookedAt; at++) {
    const letter = text[at]
    if (letter === '"') quoted = !quoted
    else if (!quoted && letter === delimiter) cells++
    else if (!quoted && letter === '\n') {
      counts.push(cells)
      cells = 1
    }
  }
  return counts.length === 0 ? [cells] : counts
}
