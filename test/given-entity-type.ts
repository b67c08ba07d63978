/** Given a custom entity type: Doctor, a person with six fields of its own. */
import { expect } from 'vitest'
import type { TestApp } from './app.ts'

export const doctor = {
  name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', icon: 'stethoscope', color: 'teal',
  fields: [
    { name: 'speciality', type: 'enum', label: 'Speciality', options: ['Cardiology', 'Surgery', 'GP'], default: 'GP' },
    { name: 'licenceNumber', type: 'text', label: 'Licence Number', unique: true, maxLength: 20 },
    { name: 'beds', type: 'integer', label: 'Beds' },
    { name: 'fee', type: 'currency', label: 'Fee' },
    { name: 'languages', type: 'multiEnum', label: 'Languages', options: ['en', 'de', 'fr'] },
    { name: 'account', type: 'link', label: 'Clinic', linksTo: 'Account' },
  ],
}

export async function givenEntityType(app: TestApp, more: object = {}) {
  const answer = await app.api.post('/entity-types', { ...doctor, ...more })
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}

export const faultsOf = ({ body }: { body: any }): Record<string, string> =>
  Object.fromEntries(body.errors.map(({ path, message }: { path: string; message: string }) => [path, message]))
