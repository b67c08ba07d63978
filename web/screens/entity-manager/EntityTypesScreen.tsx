/** Administration > Entity Manager: every kind of record, those that ship and your own. */
import { Badge, Button, Group, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import { type EntityType, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { NumberText } from '../../ui/NumberText.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TypeIcon } from '../../ui/TypeIcon.tsx'
import { inWords } from '../../ui/words.ts'
import { baseTypeWords } from './base-types.ts'
import { LastChange } from './LastChange.tsx'

const columns: Column<EntityType>[] = [
  { key: 'name', title: 'Entity type', cell: (type) => <Group component="span" gap={8} wrap="nowrap" display="inline-flex" style={{ verticalAlign: 'middle' }}><TypeIcon type={type} />{inWords(type.name)}</Group> },
  { key: 'plural', title: 'Plural', cell: ({ plural }) => plural },
  { key: 'baseType', title: 'Base type', cell: ({ baseType }) => baseTypeWords(baseType) },
  { key: 'fields', title: 'Fields', align: 'right', cell: ({ name, fields }) => <NumberText value={fields.length} to={paths.entityType(name)} /> },
  { key: 'mailable', title: 'Mailable', cell: ({ mailable }) => <Badge color={mailable ? 'green' : 'gray'}>{mailable ? 'Mailable' : 'Not mailable'}</Badge> },
  { key: 'custom', title: 'Made by', cell: ({ custom }) => (custom ? 'You' : 'Ships with Tidings') },
]

export function EntityTypesScreen() {
  const add = <Button component={Link} to={paths.newEntityType()} leftSection={<IconPlus size={16} aria-hidden />}>New entity type</Button>
  return (
    <Page title="Entity Manager" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="The kinds of records you keep, their fields and how they belong together. A change counts at once, everywhere.">
      <Stack>
        <LastChange />
        <Panel title="Entity types" flush hideTitle><Types /></Panel>
      </Stack>
    </Page>
  )
}

const Types = () => <DataTable label="Entity types" rows={useEntityTypes()} rowId={({ name }) => name} columns={columns} keys linkTo={({ name }) => paths.entityType(name)} />
