/** The base types in words: what a type of each begins with, and whether it can be mailed. */
import type { EntityType } from '../../api/entity-types.ts'

export const baseTypes: { value: EntityType['baseType']; label: string; about: string }[] = [
  { value: 'person', label: 'Person', about: 'Somebody with a first and last name, an email address, phone and postal address. Can be mailed once it is related to Target List.' },
  { value: 'company', label: 'Company', about: 'An organisation with a name, an email address, website, phone and billing address. Can be mailed once it is related to Target List.' },
  { value: 'base', label: 'Base', about: 'Anything else, with a name and a description: a contract, an event, a product. It has no address, so it is never mailed.' },
]

export const baseTypeWords = (baseType: EntityType['baseType']): string => baseTypes.find(({ value }) => value === baseType)!.label
