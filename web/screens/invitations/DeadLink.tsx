/** A link from a mail that opens nothing any more: what to do instead. */
import { Button, Stack } from '@mantine/core'
import { Link } from 'react-router'
import { ApiError } from '../../api/problem.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Door } from '../access/Door.tsx'

export function DeadLink({ error, about, to, button }: { error: unknown; about: string; to: string; button: string }) {
  return (
    <Door title="This link does not work" about={isOver(error) ? `It was used, is too old, or was replaced by a newer one. ${about}` : 'It opens nothing here, and this is why.'}>
      <Stack>{!isOver(error) && <ErrorNote error={error} />}<Button component={Link} to={to} fullWidth>{button}</Button></Stack>
    </Door>
  )
}

const isOver = (error: unknown) => error instanceof ApiError && error.code === 'linkOver'
