/** The field types in words, and which settings each has. */
import type { FieldInput } from '../../../src/entity-manager/contract.ts'

export type FieldType = FieldInput['type']

export const fieldTypes: { value: FieldType; label: string; about: string }[] = [
  { value: 'text', label: 'Text', about: 'One line.' },
  { value: 'longText', label: 'Long text', about: 'Several lines.' },
  { value: 'enum', label: 'Choice', about: 'One of your options.' },
  { value: 'multiEnum', label: 'Several choices', about: 'Any number of your options.' },
  { value: 'boolean', label: 'Yes or no', about: 'A switch.' },
  { value: 'integer', label: 'Whole number', about: 'Such as 12.' },
  { value: 'decimal', label: 'Decimal number', about: 'Such as 12.5, with every digit kept.' },
  { value: 'currency', label: 'Money', about: 'An amount and its currency.' },
  { value: 'date', label: 'Date', about: 'A day.' },
  { value: 'dateTime', label: 'Date and time', about: 'A moment.' },
  { value: 'email', label: 'Email address', about: 'Another address than the one that is mailed.' },
  { value: 'phone', label: 'Phone', about: 'A number to call.' },
  { value: 'url', label: 'Web address', about: 'A link.' },
]

/** Links are made as relationships, so that both ends have a name. */
export const fieldTypeWords = (type: string): string =>
  fieldTypes.find(({ value }) => value === type)?.label ?? (type === 'link' ? 'Link to one' : type === 'linkMultiple' ? 'Link to several' : type)

const texts = new Set(['text', 'longText', 'email', 'phone', 'url'])
export const hasMaxLength = (type: string): boolean => texts.has(type)
export const hasOptions = (type: string): boolean => type === 'enum' || type === 'multiEnum'
export const hasDefault = (type: string): boolean => !['link', 'linkMultiple', 'currency'].includes(type)
export const mayBeUnique = (type: string): boolean => ['text', 'email', 'phone', 'url', 'integer', 'decimal', 'date'].includes(type)
