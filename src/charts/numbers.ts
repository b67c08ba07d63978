/** Numbers as a chart writes them: whole in titles and tables, short on axes. Pure. */

const huge = 1e15

export function fullNumber(value: number | null, locale?: string): string {
  if (value === null || !Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= huge || (size > 0 && size < 1e-4)) return formatted(value, locale, { notation: 'scientific', maximumFractionDigits: 2 })
  return formatted(value, locale, size < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 })
}

export function shortNumber(value: number, locale?: string): string {
  if (Math.abs(value) >= huge || Math.abs(value) < 1000) return fullNumber(value, locale)
  return formatted(value, locale, { notation: 'compact', maximumFractionDigits: 1 })
}

export const share = (part: number, whole: number, locale?: string): string =>
  whole > 0 ? formatted(part / whole, locale, { style: 'percent', maximumFractionDigits: Math.abs(part / whole) < 0.1 ? 1 : 0 }) : '–'

/** Kept, because making one takes longer than drawing what it writes. */
const formats = new Map<string, Intl.NumberFormat>()

function formatted(value: number, locale: string | undefined, options: Intl.NumberFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, format)
  return format.format(value)
}
