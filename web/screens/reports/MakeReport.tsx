/** From a list of records to a report of it: the builder opens with its filter and columns. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { EntityType } from '../../api/entity-types.ts'
import { useRights } from '../../api/session.ts'
import type { ListState } from '../records/list-state.ts'
import { beginWith } from './examples.ts'

type MakeReportProps = { type: EntityType; state: Pick<ListState, 'filter' | 'text' | 'sort' | 'columns'> }

export function MakeReport({ type, state: { filter, text, sort, columns } }: MakeReportProps) {
  if (!useRights().create('Report')) return null
  const to = beginWith({ entityType: type.name, kind: 'list', filter, columns, listSort: sort })
  const label = text ? 'Make a report of this filter (without the searched text)' : 'Make a report of this filter'
  return <Tooltip label={label}><ActionIcon component={Link} to={to} size={34} variant="default" aria-label={label}><IconChartBar size={18} /></ActionIcon></Tooltip>
}
