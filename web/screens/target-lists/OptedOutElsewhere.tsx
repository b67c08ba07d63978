/** A hint: members who left another list may not want this one either. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import * as api from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import { followIfTask } from '../../api/task.ts'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'

export function OptedOutElsewhere({ list: { id, optedOutElsewhere } }: { list: api.OneTargetList }) {
  const leaveOut = useAction(api.removeMembers, {
    refreshes: [api.getTargetList, api.listMembers, api.listTargetLists],
    done: (answer) => { if (!followIfTask(answer)) succeeded(`${counted((answer as { removed: number }).removed, 'member')} taken out.`) },
  })
  if (optedOutElsewhere === 0) return null
  return (
    <Alert color="lamp" variant="light" icon={<IconUserMinus aria-hidden />}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">{counted(optedOutElsewhere, 'member')} opted out of another list. They did not say no to this one; leaving them out is the kinder choice.</Text>
        <Button size="compact-sm" variant="default" loading={leaveOut.isPending} onClick={() => leaveOut.mutate({ params: { id }, body: { optedOutElsewhere: true } }, { onError: failed })}>Leave them out</Button>
      </Group>
    </Alert>
  )
}
