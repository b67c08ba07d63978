/** The hosted page as it would look with what stands in the editor now; nothing in it can be sent. */
import { useComputedColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import * as api from '../../../src/forms/contract.ts'
import { call } from '../../api/client.ts'
import { EmailFrame } from '../../ui/EmailFrame.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { type FormValues, previewOf } from './form-values.ts'

export function PreviewPanel({ values }: { values: FormValues }) {
  const scheme = useComputedColorScheme()
  const [settled] = useDebouncedValue(previewOf(values), 350)
  const preview = useQuery({
    queryKey: ['preview of a form', settled], placeholderData: keepPreviousData, gcTime: 30_000,
    queryFn: ({ signal }) => call(api.previewSubscriptionForm, { body: settled }, signal),
  })
  return (
    <Panel title="Preview">
      <ErrorNote error={preview.error} />
      {preview.data && <EmailFrame title="Preview of the form" html={inScheme(preview.data.html, scheme)} dark={scheme === 'dark'} height={620} />}
    </Panel>
  )
}

/** The page follows the reader's system; here it follows the theme, as the frame does. */
const inScheme = (html: string, scheme: 'light' | 'dark') => html.replace('color-scheme:light dark', `color-scheme:${scheme}`)
