/** The template as one person would get it, from the text as it stands in the editor. Without anybody to show it to: sample values. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '../../../src/content/contract.ts'
import { type Result, call } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import type { ApiError } from '../../api/problem.ts'
import type { Template } from './template.ts'

export type Person = { entityType: string; slug: string; id: string; name: string }
export type Rendered = Result<typeof api.renderEmailTemplate>

/** What is being written is rendered when the typing pauses; the last picture stays until the next one is there. */
export function usePreview(templateId: string, { subject, body, textBody }: Template) {
  const [chosen, setPerson] = useState<Person | null>(null)
  const first = useQuery({ queryKey: ['first contact'], queryFn: firstContact, staleTime: 60_000 })
  const person = chosen ?? first.data ?? null
  const [draft] = useDebouncedValue({ subject, body, textBody }, 350)
  const rendering = useQuery<Rendered, ApiError>({
    queryKey: ['rendered', templateId, person?.id, draft],
    queryFn: ({ signal }) => call(api.renderEmailTemplate, {
      params: { id: templateId }, body: { ...draft, ...(person && { entityType: person.entityType, id: person.id }) },
    }, signal),
    enabled: !first.isPending,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })
  return { person, setPerson, rendered: rendering.data, error: rendering.error }
}

/** So that there is something to see at once. */
async function firstContact(): Promise<Person | null> {
  const [contact] = await finder('contacts')('')
  return contact ? { entityType: 'Contact', slug: 'contacts', id: contact.id, name: contact.name } : null
}
