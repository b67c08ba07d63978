/** What every setting on a screen has, from the table of settings: name, explanation, the mark that it differs from the default, and the way back to it. */
import { Anchor, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { generalDefaults, outboundEmailsDefaults, type Setting, type SettingGroup, settingsOf, valueAt } from '../../../src/settings/contract.ts'
import { valueInWords } from './setting-words.ts'

const defaultsOf: Record<SettingGroup, object> = { general: generalDefaults, outboundEmails: outboundEmailsDefaults }

/** Any of the two forms: what is asked of it here does not depend on its values' types. */
type AnyForm = { getInputProps: (key: any, options: { type: 'input' | 'checkbox' }) => object; setFieldValue: (key: any, value: any) => void; values: object }

type Labels = { label: string; description: ReactNode; wrapperProps: { 'data-marked'?: true }; ref?: (element: HTMLElement | null) => void }

/**
 * `field('maxPerHour')` is label, description and value of that setting, for any input of Mantine's; `labels` the same without the value.
 * Search leads here with `?setting=KEY`: that field is marked and focused.
 */
export function useSettingFields(group: SettingGroup, form: AnyForm) {
  const [search] = useSearchParams()
  const marked = search.get('setting')
  const labels = (key: string): Labels => {
    const setting = settingsOf(group).find((each) => each.key === key)!
    return {
      label: setting.title, description: <About setting={setting} form={form} />,
      wrapperProps: key === marked ? { 'data-marked': true } : {}, ...(key === marked && { ref: show }),
    }
  }
  const field = (key: string, type: 'input' | 'checkbox' = 'input') => ({ ...form.getInputProps(key, { type }), ...labels(key) })
  return { field, labels }
}

/** As a ref it is called once for an element, and not at every key that is pressed in it. */
function show(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'center' })
  const focusable = element?.matches('input, textarea') ? element : element?.querySelector<HTMLElement>('input:checked')
  focusable?.focus({ preventScroll: true })
}

/** Under a password nothing can be told apart, and what every installation has of its own differs always. */
function About({ setting, form }: { setting: Setting; form: AnyForm }) {
  const { key, title, about, secret, noDefault } = setting
  const usual = valueAt(defaultsOf[setting.group], key)
  const isUsual = secret || noDefault || same(valueAt(form.values, key), usual)
  if (isUsual) return <>{about}</>
  return (
    <>
      {about}{' '}
      <Text span inherit c="var(--tidings-warning)">Changed from the default ({valueInWords(setting.group, key, usual)}).</Text>{' '}
      <Anchor component="button" type="button" inherit aria-label={`Reset ${title} to the default`} onClick={() => form.setFieldValue(key, usual)}>Reset</Anchor>
    </>
  )
}

/** An emptied number is no number. */
const same = (value: unknown, usual: unknown) => JSON.stringify(value === '' || value === undefined ? null : value) === JSON.stringify(usual === '' ? null : usual)
