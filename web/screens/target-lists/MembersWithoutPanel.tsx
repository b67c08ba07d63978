/** Members of a type that has no panel here are mailed all the same: that is said, with the way to the panel. */
import { Alert, Anchor, Text } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/audience/contract.ts'
import { useLook } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { counted, inWords } from '../../ui/words.ts'

export function MembersWithoutPanel({ listId, type }: { listId: string; type: EntityType }) {
  const administrator = useIsAdministrator()
  const total = useLook(api.listMembers, { params: { id: listId }, query: { entityType: type.name, limit: 1 } }).data?.total
  if (!total) return null
  return (
    <Alert color="lamp" title={`${counted(total, inWords(type.name).toLowerCase(), type.plural.toLowerCase())} without a panel`}>
      <Text size="sm">
        They are members and are mailed, but target lists show no panel of {type.plural}.{' '}
        {administrator ? <Anchor component={Link} to={paths.layout('TargetList', 'bottomPanels')} inherit>Add it in Layouts</Anchor> : 'An administrator can add it in Layouts.'}
      </Text>
    </Alert>
  )
}
