/** Numbers and money as they are written, as plain decimals. Pure. Throws ValueFault. */
import { ValueFault } from '../records/field-value.ts'

/** `decimal` stands before the decimals; the other sign, spaces or apostrophes may group thousands. */
export function readDecimal(cell: string, decimal: '.' | ','): string {
  const [sign = '', whole = '', fraction = ''] = partsOf(cell.trim(), decimal)
  return `${sign === '-' || sign === '−' ? '-' : ''}${whole.replace(/[^\d]/g, '')}${fraction && `.${fraction}`}`
}

export function readWhole(cell: string, decimal: '.' | ','): number {
  const text = readDecimal(cell, decimal)
  const number = Number(text)
  if (!/^-?\d{1,15}(\.0+)?$/.test(text)) throw new ValueFault(`must be a whole number, not "${cell.slice(0, 60)}"`)
  return number
}

const forms = {
  '.': /^([-+−]?)(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:['’ \u00a0\u202f]\d{3})+)(?:\.(\d+))?$/,
  ',': /^([-+−]?)(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:['’ \u00a0\u202f]\d{3})+)(?:,(\d+))?$/,
}

function partsOf(cell: string, decimal: '.' | ','): string[] {
  const found = forms[decimal].exec(cell)
  if (found) return found.slice(1)
  const otherwise = forms[decimal === '.' ? ',' : '.'].test(cell) ? `; or say that a ${decimal === '.' ? 'comma' : 'point'} stands before the decimals` : ''
  throw new ValueFault(`must be a number like ${decimal === '.' ? '1234.5' : '1234,5'}, not "${cell.slice(0, 60)}"${otherwise}`)
}

const signs: Record<string, string> = { '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR', '₩': 'KRW', '₺': 'TRY', '₴': 'UAH' }

/** `12.50 EUR`, `EUR 12.50`, `€12.50`. A dollar sign is that of many countries. */
export function readMoney(cell: string, decimal: '.' | ','): { amount: string; currency: string } {
  const found = /^(.*\d)\s*([A-Za-z]{3}|\p{Sc})$|^([A-Za-z]{3}|\p{Sc})\s*(.*\d)$/u.exec(cell)
  const unit = found?.[2] ?? found?.[3] ?? ''
  const currency = signs[unit] ?? (unit.length === 3 ? unit.toUpperCase() : null)
  if (!found || currency === null) throw new ValueFault(`must be an amount and a currency like ${decimal === '.' ? '12.50' : '12,50'} EUR, not "${cell.slice(0, 60)}"`)
  return { amount: readDecimal((found[1] ?? found[4])!, decimal), currency }
}
