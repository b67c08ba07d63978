/** What a cell of a sheet says, as the text that the same cell of a CSV file would hold. Pure. */

/** How a style shows a number: as a day, a day with its time, a time, with leading zeros, or as it is. */
export type NumberForm = 'day' | 'dayAndTime' | 'time' | 'plain' | { digits: number }

/** The built-in formats that show days and times: ECMA-376 part 1, 18.8.30. */
const builtIn: Record<number, NumberForm> = {
  14: 'day', 15: 'day', 16: 'day', 17: 'day', 18: 'time', 19: 'time', 20: 'time', 21: 'time', 22: 'dayAndTime', 45: 'time', 46: 'time', 47: 'time',
}

/** 27 to 36 and 50 to 58 show days in the languages of East Asia. */
const isEastAsianDay = (id: number) => (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** What Excel takes; a longer code is no format, and not looked at. */
const longestCode = 255

export function formOf(id: number, code: string | undefined): NumberForm {
  if (code === undefined) return builtIn[id] ?? (isEastAsianDay(id) ? 'day' : 'plain')
  if (code.length > longestCode) return 'plain'
  if (/^0{2,20}$/.test(code)) return { digits: code.length }
  // A bracket ends at the next one, so that each letter is looked at once. Of the code only its letters count: not what stands in quotes, behind a backslash or in brackets ([Red], [$-409]), and only of the first section.
  const letters = code.split(';')[0]!.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h|m|s)[^[\]]*\]/gi, '').toLowerCase()
  const [hasDay, hasTime] = [/[yd]/.test(letters) || /m{3,}/.test(letters), /[hs]/.test(letters)]
  if (hasDay) return hasTime ? 'dayAndTime' : 'day'
  if (hasTime) return 'time'
  return 'plain'
}

/** A number's text by its form; `isFrom1904` is how the workbook counts its days. */
export function numberText(value: string, form: NumberForm, isFrom1904: boolean): string {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return value
  if (form === 'plain') return plainNumber(value.trim(), number)
  if (typeof form === 'object') return Number.isInteger(number) && number >= 0 ? plainNumber(value, number).padStart(form.digits, '0') : plainNumber(value, number)
  return timeText(number, form, isFrom1904) ?? plainNumber(value, number)
}

/** Spreadsheets count in 15 digits; what a file says beyond them is the noise of its arithmetic (0.30000000000000004). Never an exponent. */
function plainNumber(value: string, number: number): string {
  if (/^-?\d{1,15}$/.test(value)) return value
  if (Math.abs(number) >= 1e15) return withoutExponent(number)
  const rounded = Number(number.toPrecision(15))
  return Math.abs(rounded) < 1e-6 ? rounded.toFixed(20).replace(/0+$/, '') : String(rounded)
}

function withoutExponent(number: number): string {
  const [digits, exponent] = Math.abs(number).toExponential(14).split('e+') as [string, string]
  return `${number < 0 ? '-' : ''}${digits.replace('.', '').padEnd(Number(exponent) + 1, '0')}`
}

const dayMs = 86_400_000
/** Day 0 of the usual calendar, which believes that 1900 was a leap year: right from 1 March 1900 on. */
const epoch1900 = Date.UTC(1899, 11, 30)
const epoch1904 = Date.UTC(1904, 0, 1)

/** Null for what is no day that a spreadsheet can show. A day without a time is only the day. */
function timeText(number: number, form: NumberForm, isFrom1904: boolean): string | null {
  const seconds = Math.round((number % 1) * 86_400)
  const ms = (isFrom1904 ? epoch1904 : epoch1900) + Math.floor(number) * dayMs + seconds * 1000
  if (number < 0 || ms >= Date.UTC(10_000, 0, 1)) return null
  const [day, time] = new Date(ms).toISOString().slice(0, 19).split('T') as [string, string]
  if (form === 'time' && number < 1) return time
  return seconds === 0 ? day : `${day} ${time}`
}

/** The day's number in a sheet, or null when sheets cannot show it. */
export function dayNumber(day: string): number | null {
  const number = (Date.parse(`${day}T00:00:00Z`) - epoch1900) / dayMs
  return Number.isInteger(number) && number > 60 && number < 2_958_466 ? number : null
}

/** Characters that XML cannot hold stand as _x000D_, and what looks like that has its own underscore written so: ECMA-376 part 1, 22.9.2.19. */
export const readable = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text

// oxlint-disable-next-line no-control-regex -- exactly the characters that XML 1.0 refuses, and the carriage return, which it changes
const unwritable = /[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-f]{4}_)/gi

const loneSurrogates = /\p{Surrogate}/gu

export const writable = (text: string): string =>
  text.replace(unwritable, (letter) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`).replace(loneSurrogates, '\ufffd')

/** `BC12` is column 54, counted from 0; -1 when it names none. */
export function columnIndex(reference: string): number {
  let index = 0
  let at = 0
  for (; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    index = index * 26 + letter
  }
  return at === 0 || at > 3 ? -1 : index - 1
}

export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}
