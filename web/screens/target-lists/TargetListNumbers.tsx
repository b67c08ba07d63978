/** The four numbers of a target list. Each opens the members it counts. */
import { Anchor, Group, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { OneTargetList } from '../../../src/audience/contract.ts'
import { paths } from '../../paths.ts'
import { share } from '../../ui/NumberText.tsx'
import { Tile, Tiles } from '../../ui/Tile.tsx'
import { memberStateWords, notMailable } from './member-states.ts'

export function TargetListNumbers({ list }: { list: OneTargetList }) {
  const { id, members, deliverable, optedOut } = list
  const reasons = notMailable(list)
  const others = reasons.reduce((sum, { count }) => sum + count, 0)
  const to = (state: string) => paths.targetList(id, { state })
  return (
    <div>
      <Tiles>
        <Tile label="Members" value={members} to={paths.targetList(id)} />
        <Tile label="Deliverable now" value={deliverable} hint={share(deliverable, members)} tone={deliverable > 0 ? 'good' : 'plain'} to={to('deliverable')} />
        <Tile label="Opted out" value={optedOut} hint={share(optedOut, members)} to={to('optedOut')} />
        <Tile label="Cannot be mailed" value={others} hint={share(others, members)} />
      </Tiles>
      {reasons.length > 0 && (
        <Group gap="md" mt={8}>
          <Text size="sm" c="dimmed">Cannot be mailed:</Text>
          {reasons.map(({ state, count }) => (
            <Anchor key={state} component={Link} to={to(state)} size="sm" className="numbers">{memberStateWords[state]} {count.toLocaleString()}</Anchor>
          ))}
        </Group>
      )}
    </div>
  )
}
