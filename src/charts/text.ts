/** Texts in a drawing: how wide they are, shortened to what fits, broken into lines. Pure: a server has no screen to measure on, so widths are those of DejaVu Sans, the widest font a chart is shown in. */

// Sums over the printable characters of DejaVu Sans, as parts of the font size; measured once, rounded up.
const narrow = /[ijl.,:;'|!I]/
const slim = /[ frt()[\]{}/\\"-]/
const wide = /[mwMW@%—…]/
const capital = /[A-Z&]/
/** Letters of East Asia and emoji are as wide as high. */
export const square = /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const combining = /\p{M}/u

export const widthOf = (text: string, size: number): number => Array.from(text).reduce((sum, letter) => sum + widthOfLetter(letter), 0) * size

function widthOfLetter(letter: string): number {
  if (narrow.test(letter)) return 0.34
  if (slim.test(letter)) return 0.42
  if (wide.test(letter)) return 1
  if (capital.test(letter)) return 0.72
  if (combining.test(letter)) return 0
  return square.test(letter) ? 1.05 : 0.63
}

/** The text, or as much of its beginning as fits, with dots. */
export function shortened(text: string, room: number, size: number): string {
  if (widthOf(text, size) <= room) return text
  const letters = Array.from(text)
  let width = widthOf('…', size)
  const cut = letters.findIndex((letter) => (width += widthOfLetter(letter) * size) > room)
  return cut <= 0 ? '…' : `${letters.slice(0, cut).join('').trimEnd()}…`
}

/** As lines of at most `room`; a word that is longer stands alone. */
export function inLines(text: string, room: number, size: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && widthOf(longer, size) <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** One line without what an SVG may not hold (control characters, halves of letters) or what would turn the text beside it round (bidirectional marks). */
export const cleaned = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\ud800-\udfff]/gu, '').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '').trim()
