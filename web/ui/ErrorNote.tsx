/** Says what happened, why, and what to do. Shows nothing when there is no error. */
import { Alert, Button, List, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiError } from '../api/problem.ts'

const titles: Record<number, string> = {
  0: 'No connection to the server',
  403: 'You may not do this',
  404: 'This is not here',
  409: 'Not possible right now',
  412: 'Somebody else changed this meanwhile',
  429: 'Too many attempts',
}

const advice: Record<number, string> = {
  403: 'Ask an administrator if you need it.',
  404: 'It may have been removed, or the address is mistyped.',
  412: 'Reload to see the newest version, then make your change again.',
  500: 'The fault is on our side. Try again; if it stays, the server log names the cause.',
}

export function ErrorNote({ error, again }: { error: unknown; again?: (() => void) | undefined }) {
  if (!error) return null
  const status = error instanceof ApiError ? error.status : 500
  const faults = error instanceof ApiError ? error.errors : []
  const message = error instanceof Error ? error.message : String(error)
  const listed = faults.filter((fault) => faults.length > 1 || !message.includes(fault.message))
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={titles[status] ?? 'That did not work'}>
      <Text size="sm">{message}</Text>
      {listed.length > 0 && (
        <List size="sm" mt={4}>
          {listed.map(({ path, message }) => <List.Item key={path + message}>{path ? <><b>{path}</b>: {message}</> : message}</List.Item>)}
        </List>
      )}
      {advice[status] && <Text size="sm" mt={4}>{advice[status]}</Text>}
      {again && <Button size="compact-sm" variant="light" color="red" mt="xs" onClick={again}>Try again</Button>}
    </Alert>
  )
}
