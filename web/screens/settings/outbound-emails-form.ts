/** The values of the Outbound Emails form, and how they become a PATCH. */
import { useForm } from '@mantine/form'
import type { OutboundEmails } from '../../../src/settings/contract.ts'
import { changesIn, numberOrNull } from './changes.ts'

export type OutboundValues = Omit<OutboundEmails, 'version'> & { systemSmtp: OutboundEmails['systemSmtp'] & { password: string } }
export type OutboundForm = ReturnType<typeof useOutboundForm>

export const useOutboundForm = (saved: OutboundEmails) => useForm<OutboundValues>({ initialValues: valuesOf(saved) })

/** Also of the answer to a change, which says more than the settings. */
export function valuesOf({ version: _version, pausedMassEmailIds: _paused, ...saved }: OutboundEmails & { pausedMassEmailIds?: string[] }): OutboundValues {
  return { ...saved, systemSmtp: { ...saved.systemSmtp, password: '' } }
}

const emptiable = ['maxPerHour', 'batchSize', 'messagesPerConnection'] as const

/** An empty host is the way back to the Sandbox. A password is sent only when one was typed. */
export function patchOf(values: OutboundValues, saved: OutboundEmails) {
  const { systemSmtp, ...rest } = values
  const cleaned = { ...rest, ...Object.fromEntries(emptiable.map((name) => [name, numberOrNull(values[name])])) }
  const { systemSmtp: savedSmtp, ...savedRest } = valuesOf(saved)
  const smtp = changesIn(withoutPasswordSet(systemSmtp), withoutPasswordSet(savedSmtp))
  return { ...changesIn(cleaned, savedRest), ...(Object.keys(smtp).length > 0 && { systemSmtp: systemSmtp.host ? smtp : null }) }
}

const withoutPasswordSet = ({ passwordSet: _passwordSet, ...smtp }: OutboundValues['systemSmtp']) => ({ ...smtp, host: smtp.host || null })
