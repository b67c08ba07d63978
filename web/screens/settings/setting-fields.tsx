/** What every setting on a screen has, from the table of settings: name, explanation, the mark that it differs from the default, and the way back to it. */
import { Anchor, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { generalDefaults, outboundEmailsDefaults, type Setting, type SettingGroup, settingsOf, valueAt } from '../../../src/settings/contract.ts'
import { valueInWords } from './setting-words.ts'

const defaultsOf: Record<SettingGroup, object> = { general: generalDefaults, outboundEmails: outboundEmailsDefaults }

/** The id by which search finds the field on its screen. */
export const fieldId = (key: string): string => `setting-${key.replace('.', '-')}`

/** Any of the two forms: what is asked of it here does not depend on its values' types. */
type AnyForm = { getInputProps: (key: any, options: { type: 'input' | 'checkbox' }) => object; setFieldValue: (key: any, value: any) => void; values: object }

/** `field('maxPerHour')` is label, description, id and value of that setting, for any input of Mantine's. */
export const settingFields = (group: SettingGroup, form: AnyForm) => (key: string, type: 'input' | 'checkbox' = 'input') =>
  ({ ...form.getInputProps(key, { type }), ...settingLabels(group, form, key) })

/** The same without the value, for inputs that keep theirs in their own way. */
export function settingLabels(group: SettingGroup, form: AnyForm, key: string): { id: string; label: string; description: ReactNode } {
  const setting = settingsOf(group).find((each) => each.key === key)!
  return { id: fieldId(key), label: setting.title, description: <About setting={setting} form={form} /> }
}

/** Under a password nothing can be told apart, and an installation's own address has no default. */
function About({ setting, form }: { setting: Setting; form: AnyForm }) {
  const { key, title, about, secret, noDefault } = setting
  const usual = valueAt(defaultsOf[setting.group], key)
  const isUsual = secret || noDefault || same(valueAt(form.values, key), usual)
  if (isUsual) return <>{about}</>
  return (
    <>
      {about}{' '}
      <Text span inherit c="var(--tidings-warning)" data-changed>Changed from the default ({valueInWords(setting.group, key, usual)}).</Text>{' '}
      <Anchor component="button" type="button" inherit aria-label={`Reset ${title} to the default`} onClick={() => form.setFieldValue(key, usual)}>Reset</Anchor>
    </>
  )
}

/** An emptied number is no number. */
const same = (value: unknown, usual: unknown) => JSON.stringify(value === '' || value === undefined ? null : value) === JSON.stringify(usual === '' ? null : usual)
