/** The menu of one record in a list. */
import { Menu } from '@mantine/core'
import { IconEdit, IconTrash } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { EntityType } from '../../api/entity-types.ts'
import type { RecordRow } from '../../api/records.ts'
import { paths } from '../../paths.ts'
import { useRemoveRecord } from './remove-record.ts'

export function RecordMenu({ type, record }: { type: EntityType; record: RecordRow }) {
  const remove = useRemoveRecord(type)
  return (
    <>
      <Menu.Item component={Link} to={paths.record(type.slug, record.id)} leftSection={<IconEdit size={16} aria-hidden />}>Open</Menu.Item>
      <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => { void remove(record) }}>Delete</Menu.Item>
    </>
  )
}
