/** Which fields of Lead a form may ask for, what they are called on its page, and what was filled in as a record takes it. No database. */
import type { Language } from '../response/texts.ts'
import { type EntityType, type Field, keyOf } from '../records/definition.ts'
import { readField, type Stored, ValueFault } from '../records/field-value.ts'
import { writableFields } from '../records/record-values.ts'

/** Filled in: a text for each field, by its name. */
export type Given = Record<string, string>

const kinds = new Set<Field['type']>(['text', 'longText', 'phone', 'url', 'enum', 'integer', 'decimal', 'boolean', 'date'])
/** What the company says about a lead, and not the lead about himself. */
const ownWords = new Set(['emailAddress', 'doNotEmail', 'status', 'source', 'description'])

/** A value that must be unique is not for strangers: they could try out who has it. */
export const formFieldsOf = (lead: EntityType): Field[] =>
  [...writableFields(lead).values()].filter((field) => kinds.has(field.type) && !field.unique && !ownWords.has(field.name))

/** The value as its columns take it; null where it cannot be one. Nothing filled in is nothing to store. */
export function storedValue(field: Field, text: string): Stored | null {
  if (text.trim() === '') return {}
  try {
    return readField(field, valueOf(field, text.trim()))
  } catch (error) {
    if (error instanceof ValueFault) return null
    throw error
  }
}

/** A browser leaves out what is not ticked; other programs say so. */
export const saysYes = (text: string): boolean => !['', '0', 'false', 'no', 'off'].includes(text.trim().toLowerCase())

/** A form has texts only. */
function valueOf({ type }: Field, text: string): unknown {
  if (type === 'integer') return Number(text)
  if (type === 'boolean') return saysYes(text)
  return text
}

/** All of what was given that a record of this type has a place for. What does not fit there any more is left out: nobody is lost for it. */
export function storedFor(type: EntityType, given: Given): Stored {
  const fields = writableFields(type)
  return Object.assign({}, ...Object.entries(given).map(([name, text]) => {
    const field = fields.get(name)
    return field && kinds.has(field.type) && !field.unique ? storedValue(field, text) ?? {} : {}
  })) as Stored
}

export const labelOf = (field: Field, language: Language): string => (field.custom ? field.label : labels[keyOf(field)]?.[language] ?? field.label)

/** Those that come with the product and are asked for most; others are called as the administrator calls them. */
const labels: Record<string, Partial<Record<Language, string>>> = {
  salutation: { de: 'Anrede', fr: 'Civilité', es: 'Tratamiento', uk: 'Звертання' },
  firstName: { en: 'First name', de: 'Vorname', fr: 'Prénom', es: 'Nombre', uk: 'Ім’я' },
  lastName: { en: 'Last name', de: 'Nachname', fr: 'Nom', es: 'Apellidos', uk: 'Прізвище' },
  title: { en: 'Position', de: 'Position', fr: 'Fonction', es: 'Cargo', uk: 'Посада' },
  accountName: { en: 'Company', de: 'Unternehmen', fr: 'Entreprise', es: 'Empresa', uk: 'Компанія' },
  phoneNumber: { de: 'Telefon', fr: 'Téléphone', es: 'Teléfono', uk: 'Телефон' },
  addressStreet: { en: 'Street', de: 'Straße', fr: 'Rue', es: 'Calle', uk: 'Вулиця' },
  addressCity: { en: 'City', de: 'Ort', fr: 'Ville', es: 'Ciudad', uk: 'Місто' },
  addressState: { en: 'State', de: 'Bundesland', fr: 'Région', es: 'Provincia', uk: 'Область' },
  addressPostalCode: { en: 'Postal code', de: 'Postleitzahl', fr: 'Code postal', es: 'Código postal', uk: 'Поштовий індекс' },
  addressCountry: { en: 'Country', de: 'Land', fr: 'Pays', es: 'País', uk: 'Країна' },
}

/** How browsers may fill it in by themselves (HTML 4.10.18.7; WCAG 1.3.5). */
export const autocompleteOf = (name: string): string => autocompletes[name] ?? 'off'
const autocompletes: Record<string, string> = {
  salutation: 'honorific-prefix', firstName: 'given-name', lastName: 'family-name', title: 'organization-title', accountName: 'organization', phoneNumber: 'tel',
  addressStreet: 'street-address', addressCity: 'address-level2', addressState: 'address-level1', addressPostalCode: 'postal-code', addressCountry: 'country-name',
}
