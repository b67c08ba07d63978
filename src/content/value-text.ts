/** Values of records, dates and times as a reader of the mail would write them. Pure. */
import type { FieldType } from '../listing/listable.ts'
import type { Word } from './placeholder.ts'

/** The installation's language and time zone. */
export type Locale = { language: string; timeZone: string }

/** `value` as src/listing answers it: dates and times as ISO text, money as an amount with its currency. Nothing gives ''. */
export function valueText(type: FieldType, value: unknown, locale: Locale): string {
  if (value === null || value === undefined || value === '') return ''
  switch (type) {
    case 'date': return dateFormat({ ...locale, timeZone: 'UTC' }, 'day').format(new Date(`${String(value)}T00:00:00Z`))
    case 'dateTime': return dateFormat(locale, 'time').format(new Date(String(value)))
    case 'decimal': return numberFormat(locale, undefined).format(Number(value))
    case 'currency': return moneyText(value as { amount: string; currency: string }, locale)
    case 'boolean': return yesOrNo(value === true, locale)
    case 'multiEnum': case 'linkMultiple': return (value as unknown[]).join(', ')
    default: return String(value)
  }
}

/** What `{today}`, `{now}`, `{currentYear}` and `{companyAddress}` say at a moment. */
export function wordsAt(now: Date, locale: Locale, companyAddress: string): Record<Word, string> {
  return {
    today: dateFormat(locale, 'day').format(now),
    now: dateFormat(locale, 'time').format(now),
    currentYear: dateFormat(locale, 'year').format(now),
    companyAddress,
  }
}

const yes: Record<string, [yes: string, no: string]> =
  { en: ['Yes', 'No'], de: ['Ja', 'Nein'], fr: ['Oui', 'Non'], es: ['Sí', 'No'], uk: ['Так', 'Ні'] }

function yesOrNo(value: boolean, { language }: Locale): string {
  const base = language.slice(0, 2).toLowerCase()
  const words = Object.hasOwn(yes, base) ? yes[base]! : yes['en']!
  return value ? words[0] : words[1]
}

const moneyText = ({ amount, currency }: { amount: string; currency: string }, locale: Locale): string =>
  numberFormat(locale, currency).format(Number(amount))

const shapes = {
  day: { dateStyle: 'long' },
  time: { dateStyle: 'long', timeStyle: 'short' },
  year: { year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

// Making a formatter costs a hundred times what using it does.
const dateFormats = new Map<string, Intl.DateTimeFormat>()
const numberFormats = new Map<string, Intl.NumberFormat>()

function dateFormat({ language, timeZone }: Locale, shape: keyof typeof shapes): Intl.DateTimeFormat {
  return kept(dateFormats, `${language} ${timeZone} ${shape}`, () => new Intl.DateTimeFormat(language, { ...shapes[shape], timeZone }))
}

/** Without a currency: a plain number with the language's decimal sign. Grouping would tear customer numbers apart. */
function numberFormat({ language }: Locale, currency: string | undefined): Intl.NumberFormat {
  const options: Intl.NumberFormatOptions = currency ? { style: 'currency', currency } : { useGrouping: false, maximumFractionDigits: 20 }
  return kept(numberFormats, `${language} ${currency ?? ''}`, () => new Intl.NumberFormat(language, options))
}

function kept<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  let value = cache.get(key)
  if (!value) cache.set(key, value = make())
  return value
}
