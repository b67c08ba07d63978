/** Two dead ends: an address nobody knows, and a screen that broke. Both lead home. */
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link, useRouteError } from 'react-router'
import { paths } from '../paths.ts'
import { ErrorNote } from '../ui/ErrorNote.tsx'
import { Mark } from '../ui/Logo.tsx'

export function LostScreen() {
  useDocumentTitle('Not found · Tidings')
  return (
    <Stack align="center" gap="sm" p="xl" mt={48}>
      <Mark size={48} />
      <Title order={1}>There is nothing at this address</Title>
      <Text c="dimmed" ta="center">What was here may have been removed, or the address is mistyped.</Text>
      <Button component={Link} to={paths.home()} mt="sm">Go home</Button>
    </Stack>
  )
}

export function BrokenScreen() {
  const error = useRouteError()
  useDocumentTitle('Something broke · Tidings')
  return (
    <Stack gap="md" p="xl" mt={48} mx="auto" maw={560}>
      <Title order={1}>This page broke</Title>
      <ErrorNote error={error} />
      <Group>
        <Button onClick={() => location.reload()}>Reload</Button>
        <Button variant="default" component="a" href={paths.home()}>Go home</Button>
      </Group>
    </Stack>
  )
}
