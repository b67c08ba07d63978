/** Nothing in the list: either the filter finds nobody, or nobody is here yet. */
import { Button, Group } from '@mantine/core'
import { IconFilterOff, IconUpload } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { EntityType } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'

export function NoRecords({ type, filtered, onClear }: { type: EntityType; filtered: boolean; onClear: () => void }) {
  const plural = type.plural.toLowerCase()
  if (filtered) {
    return <Empty icon={IconFilterOff} title="Nothing matches" action={<Button variant="default" onClick={onClear}>Clear filter</Button>}>No {plural} fit this search and these filters.</Empty>
  }
  return (
    <Empty icon={IconUpload} title={`No ${plural} yet`} action={(
      <Group justify="center">
        <Button component={Link} to={paths.import({ entityType: type.name })}>Import a file</Button>
        <Button component={Link} to={paths.newRecord(type.slug)} variant="default">Add one by hand</Button>
      </Group>
    )}>Bring them in from a CSV file, or type in the first one.</Empty>
  )
}
