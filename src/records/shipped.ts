/** The entity types that come with the product, what a custom type begins with, and how they are related, as data. */
import { type BaseType, type EntityType, type Field, type Relationship, targetListEnd } from './definition.ts'

type More = Partial<Omit<Field, 'name' | 'label' | 'type'>>

const text = (name: string, label: string, more: More = {}): Field => ({ name, label, type: 'text', maxLength: 255, ...more })
const link = (name: string, label: string, linksTo: string, more: More = {}): Field => ({ name, label, type: 'link', linksTo, ...more })

const emailAddress: Field[] = [
  { name: 'emailAddress', label: 'Email', type: 'email', maxLength: 320 },
  { name: 'emailMalformed', label: 'Malformed Email', type: 'boolean', readOnly: true },
  { name: 'doNotEmail', label: 'Do not email', type: 'boolean', default: false },
]
const phoneNumber: Field = { name: 'phoneNumber', label: 'Phone', type: 'phone', maxLength: 100 }
const description: Field = { name: 'description', label: 'Description', type: 'longText', maxLength: 1_000_000 }
const website: Field = { name: 'website', label: 'Website', type: 'url', maxLength: 2000 }
const computedName: Field = { name: 'name', label: 'Name', type: 'text', readOnly: true }

const address = (prefix: string, label: string): Field[] => [
  text(`${prefix}Street`, `${label} Street`),
  text(`${prefix}City`, `${label} City`),
  text(`${prefix}State`, `${label} State`),
  text(`${prefix}PostalCode`, `${label} Postal Code`, { maxLength: 40 }),
  text(`${prefix}Country`, `${label} Country`),
]

/** What every record has: whose it is, and who wrote it when. */
const kept: Field[] = [
  link('assignedUser', 'Assigned User', 'User'),
  { name: 'teams', label: 'Teams', type: 'linkMultiple', linksTo: 'Team' },
  { name: 'createdAt', label: 'Created', type: 'dateTime', readOnly: true },
  link('createdBy', 'Created By', 'User', { column: 'created_by', readOnly: true }),
  { name: 'modifiedAt', label: 'Modified', type: 'dateTime', readOnly: true },
  link('modifiedBy', 'Modified By', 'User', { column: 'modified_by', readOnly: true }),
]

const personName: Field[] = [
  text('salutation', 'Salutation', { maxLength: 100 }), text('firstName', 'First Name'), text('lastName', 'Last Name'),
]

/** What a custom type of each base type has from the start: that of Contact without its account, that of Account, or next to nothing. */
export const baseFields: Record<BaseType, readonly Field[]> = {
  person: [computedName, ...personName, text('title', 'Title'), ...emailAddress, phoneNumber, ...address('address', 'Address'), description, ...kept],
  company: [
    text('name', 'Name', { required: true }), ...emailAddress, website, phoneNumber,
    text('type', 'Type'), text('industry', 'Industry'), ...address('billingAddress', 'Billing'), description, ...kept,
  ],
  base: [text('name', 'Name', { required: true }), description, ...kept],
}

export const contact: EntityType = {
  name: 'Contact', plural: 'Contacts', slug: 'contacts', baseType: 'person', mailable: true, icon: 'user', color: 'blue', table: 'contact',
  fields: [
    computedName, ...personName, text('title', 'Title'), link('account', 'Account', 'Account'),
    ...emailAddress, phoneNumber, ...address('address', 'Address'), description, ...kept,
  ],
}

const lead: EntityType = {
  name: 'Lead', plural: 'Leads', slug: 'leads', baseType: 'person', mailable: true, icon: 'user-plus', color: 'teal', table: 'lead',
  fields: [
    computedName, ...personName, text('title', 'Title'), text('accountName', 'Account Name'),
    {
      name: 'status', label: 'Status', type: 'enum', default: 'New',
      options: ['New', 'Assigned', 'In Process', 'Converted', 'Recycled', 'Dead'],
    },
    text('source', 'Source'),
    ...emailAddress, phoneNumber, ...address('address', 'Address'), description, ...kept,
  ],
}

const user: EntityType = {
  name: 'User', plural: 'Users', slug: 'users', baseType: 'person', mailable: true, icon: 'id-badge', color: 'gray', table: 'user',
  fields: [
    computedName, text('userName', 'User Name', { required: true, unique: true, maxLength: 100 }),
    text('firstName', 'First Name'), text('lastName', 'Last Name'), text('title', 'Title'),
    { name: 'type', label: 'Type', type: 'enum', default: 'regular', required: true, options: ['admin', 'regular', 'api'] },
    { name: 'isActive', label: 'Active', type: 'boolean', default: true },
    ...emailAddress, phoneNumber, description,
    { name: 'roles', label: 'Roles', type: 'linkMultiple', linksTo: 'Role' }, { name: 'lastSignInAt', label: 'Last Sign-In', type: 'dateTime', readOnly: true }, ...kept,
  ],
}

const account: EntityType = {
  name: 'Account', plural: 'Accounts', slug: 'accounts', baseType: 'company', mailable: true, icon: 'building', color: 'grape', table: 'account',
  fields: baseFields.company,
}

/** In the order in which they are mailed: a person wins an address that a company shares. */
export const shippedTypes: readonly EntityType[] = [contact, lead, user, account]

const inTargetLists = ({ name, plural, slug }: EntityType): Relationship => ({
  id: `targetList-${name}`, kind: 'manyToMany', left: targetListEnd, right: name, leftName: slug, rightName: 'targetLists',
  leftLabel: plural, rightLabel: 'Target Lists', joinTable: null, custom: false,
})

export const shippedRelationships: readonly Relationship[] = [
  {
    id: 'account-Contact', kind: 'manyToOne', left: 'Contact', right: 'Account', leftName: 'account', rightName: 'contacts',
    leftLabel: 'Account', rightLabel: 'Contacts', joinTable: null, custom: false,
  },
  ...shippedTypes.map(inTargetLists),
]
