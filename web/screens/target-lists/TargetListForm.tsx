/** Name and description of a target list, for a new one and for changing one. */
import { Button, Group, Stack, Switch, TextInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import type { ApiError } from '../../api/problem.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

export type TargetListValues = { name: string; category: string; description: string; publicTopic: boolean }
type TargetListFormProps = { first: TargetListValues; submit: string; busy: boolean; error: ApiError | null; onSubmit: (values: TargetListValues) => void; cancel?: ReactNode }

export const blankTargetList: TargetListValues = { name: '', category: '', description: '', publicTopic: false }

export function TargetListForm({ first, submit, busy, error, onSubmit, cancel }: TargetListFormProps) {
  const form = useForm({ initialValues: first, validate: { name: (name) => (name.trim() ? null : 'A target list needs a name.') } })
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack gap="md">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <TextInput label="Category" description="Lists of one category stand together." {...form.getInputProps('category')} />
        <Textarea label="Description" {...form.getInputProps('description')} />
        <Switch label="Public topic" description="Stands on the preferences page, where readers switch it on and off." {...form.getInputProps('publicTopic', { type: 'checkbox' })} />
        <ErrorNote error={error} />
        <Group justify="flex-end">{cancel}<Button type="submit" loading={busy}>{submit}</Button></Group>
      </Stack>
    </form>
  )
}
