/** Asks for the password once more, before what could shut its owner out. */
import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { type AnyEndpoint, type Result, useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

type AskPasswordProps<E> = { endpoint: E; about: ReactNode; button: string; danger?: boolean; refreshes?: AnyEndpoint[]; done: (result: Result<E>) => void }

/** `endpoint` takes `{ password }`. */
export function AskPassword<E extends AnyEndpoint>({ endpoint, about, button, danger = false, refreshes = [], done }: AskPasswordProps<E>) {
  const form = useForm({ initialValues: { password: '' } })
  const act = useAction(endpoint, { refreshes, done })
  return (
    <form onSubmit={form.onSubmit((body) => act.mutate({ body: body as never }, { onError: (error) => form.setErrors(error.byField) }))}>
      <Stack>
        <Text size="sm" component="div">{about}</Text>
        {act.error?.errors.length === 0 && <ErrorNote error={act.error} />}
        <PasswordInput label="Your password" autoComplete="current-password" required autoFocus data-autofocus {...form.getInputProps('password')} />
        <Group justify="flex-end"><Button type="submit" {...(danger && { color: 'red' })} loading={act.isPending}>{button}</Button></Group>
      </Stack>
    </form>
  )
}
