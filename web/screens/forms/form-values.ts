/** The values of a subscription form as its editor holds them, and how they become a POST, a PATCH or a preview. */
import { useForm } from '@mantine/form'
import type { OneSubscriptionForm } from '../../../src/forms/contract.ts'
import { changesIn } from '../settings/changes.ts'

export type FormValues = Pick<OneSubscriptionForm,
  'name' | 'title' | 'intro' | 'fields' | 'targetListIds' | 'topicIds' | 'consentText' | 'doubleOptIn' | 'emailTemplateId' | 'mailSubject' | 'mailBody'
  | 'lifetimeHours' | 'successMessage' | 'successUrl' | 'active' | 'language' | 'leadUserId'
>
export type EditedForm = ReturnType<typeof useFormValues>

export const useFormValues = (saved: OneSubscriptionForm) => useForm<FormValues>({ initialValues: valuesOf(saved) })

export function valuesOf({
  name, title, intro, fields, targetListIds, topicIds, consentText, doubleOptIn, emailTemplateId, mailSubject, mailBody, lifetimeHours, successMessage, successUrl, active, language, leadUserId,
}: FormValues): FormValues {
  return { name, title, intro, fields, targetListIds, topicIds, consentText, doubleOptIn, emailTemplateId, mailSubject, mailBody, lifetimeHours, successMessage, successUrl, active, language, leadUserId }
}

/** Only what was changed. An emptied number of hours is said to be missing by the server. */
export const changedValues = (values: FormValues, saved: FormValues): Partial<FormValues> => changesIn(values, valuesOf(saved))

/** What the page shows of it; a name that is still empty is no reason to show nothing. */
export const previewOf = ({ name, title, intro, fields, targetListIds, topicIds, consentText, language }: FormValues) =>
  ({ name: name.trim() || 'Subscription form', title, intro, fields, targetListIds, topicIds, consentText, language })

/** The server names a fault by its place in a list; the inputs that hold a whole list show it. */
export function faultsByInput(byField: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(byField).map(([path, message]) => [/^(targetListIds|topicIds|fields)\./.exec(path)?.[1] ?? path, message]))
}
