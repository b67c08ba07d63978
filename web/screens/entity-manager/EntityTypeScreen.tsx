/** One entity type: its fields, its relationships, how it looks; for a custom one the way to remove it. */
import { Badge, Button, Group, Stack } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconLayoutList, IconPencil, IconTrash } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { type EntityType, byName, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { Page } from '../../ui/Page.tsx'
import { TypeIcon } from '../../ui/TypeIcon.tsx'
import { UrlTabs } from '../../ui/UrlTabs.tsx'
import { inWords } from '../../ui/words.ts'
import { baseTypeWords } from './base-types.ts'
import { EntityTypeForm } from './EntityTypeForm.tsx'
import { FieldsPanel } from './FieldsPanel.tsx'
import { LastChange } from './LastChange.tsx'
import { RelationshipsPanel } from './RelationshipsPanel.tsx'
import { RemoveEntityType } from './RemoveEntityType.tsx'

export function EntityTypeScreen() {
  const { name = '' } = useParams()
  const type = byName(useEntityTypes(), name)
  if (!type) return <LostScreen />
  const tabs = [
    { key: 'fields', title: 'Fields', content: <FieldsPanel type={type} /> },
    { key: 'relationships', title: 'Relationships', content: <RelationshipsPanel type={type} /> },
  ]
  return (
    <Page title={inWords(type.name)} back={{ to: paths.entityTypes(), title: 'Entity Manager' }} action={<Actions type={type} />}
      about={`${type.plural} · ${baseTypeWords(type.baseType)} · /api/v1/${type.slug}`}
      mark={<Group gap={8}><TypeIcon type={type} size={24} /><Badge color={type.mailable ? 'green' : 'gray'}>{type.mailable ? 'Mailable' : 'Not mailable'}</Badge></Group>}>
      <Stack><LastChange /><UrlTabs tabs={tabs} /></Stack>
    </Page>
  )
}

function Actions({ type }: { type: EntityType }) {
  return (
    <>
      {type.custom && <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => modals.open({ title: `Remove ${type.plural}?`, children: <RemoveEntityType type={type} /> })}>Remove</Button>}
      <Button component={Link} to={paths.layout(type.name)} variant="default" leftSection={<IconLayoutList size={16} aria-hidden />}>Layouts</Button>
      {type.custom && <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => modals.open({ title: `Edit ${inWords(type.name)}`, children: <EntityTypeForm type={type} /> })}>Edit</Button>}
    </>
  )
}
