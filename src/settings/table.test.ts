import { expect, test } from 'vitest'
import { General, generalDefaults, OutboundEmails, outboundEmailsDefaults } from './contract.ts'
import { settingsOf, valueAt } from './table.ts'

/** What the API takes, by the names that the table uses. */
const keysOf = (shape: object): string[] => Object.keys(shape).filter((key) => key !== 'version' && key !== 'systemSmtp').sort()
const smtpKeys = [...Object.keys(OutboundEmails.shape.systemSmtp.shape).filter((key) => key !== 'passwordSet'), 'password'].map((key) => `systemSmtp.${key}`)

test('the table names every setting, and none that is not there', () => {
  expect(settingsOf('general').map(({ key }) => key).sort()).toEqual(keysOf(General.shape))
  expect(settingsOf('outboundEmails').map(({ key }) => key).sort()).toEqual([...keysOf(OutboundEmails.shape), ...smtpKeys].sort())
})

test('every setting is explained in a sentence, and has a default or says that it has none', () => {
  for (const [group, defaults] of [['general', generalDefaults], ['outboundEmails', outboundEmailsDefaults]] as const) {
    for (const { key, title, about, secret } of settingsOf(group)) {
      expect(title, key).toMatch(/^[A-Z]/)
      expect(about, key).toMatch(/^[A-Z].*\.$/)
      if (!secret) expect(valueAt(defaults, key), key).not.toBeUndefined()
    }
  }
})
