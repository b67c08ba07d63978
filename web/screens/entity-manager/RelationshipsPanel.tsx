/** How an entity type belongs together with others, in words; with Target List it can be mailed. */
import { Alert, Button, Code, Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconArrowsLeftRight, IconLayoutList, IconPlus, IconTrash } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/entity-manager/contract.ts'
import { useRead } from '../../api/client.ts'
import { type EntityType, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { RelationshipForm } from './RelationshipForm.tsx'
import { RemoveRelationship } from './RemoveRelationship.tsx'
import { endWords, seenFrom, sentences, targetList } from './relationship-words.ts'

export function RelationshipsPanel({ type }: { type: EntityType }) {
  const add = (withTargetList = false) => modals.open({ title: 'New relationship', size: 'lg', children: <RelationshipForm type={type} withTargetList={withTargetList} /> })
  return (
    <Panel title="Relationships" flush action={<Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => add()}>New relationship</Button>}>
      {!type.mailable && <NotMailable type={type} onRelate={() => add(true)} />}
      <Relationships type={type} />
    </Panel>
  )
}

function NotMailable({ type: { baseType, plural }, onRelate }: { type: EntityType; onRelate: () => void }) {
  if (baseType === 'base') return <Text size="sm" c="dimmed" px={18} pb="md">{plural} have the base type Base: without an address they cannot be in target lists, so they are not mailed.</Text>
  return (
    <Alert mx={18} mb="md" color="blue" title={`${plural} cannot be mailed yet`}>
      <Text size="sm" mb="xs">Relate them to Target List: from then on they can be selected, filtered, put into lists and mailed like contacts.</Text>
      <Button size="compact-sm" variant="default" onClick={onRelate}>Relate to Target List</Button>
    </Alert>
  )
}

function Relationships({ type }: { type: EntityType }) {
  const types = useEntityTypes()
  const all = useRead(api.listRelationships).items.filter(({ left, right }) => left === type.name || right === type.name).map((each) => seenFrom(type.name, each))
  const words = ({ kind, left, right }: api.Relationship) => sentences(kind, endWords(types, left), endWords(types, right))
  const columns: Column<api.Relationship>[] = [
    { key: 'words', title: 'In words', width: 460, cell: (relationship) => words(relationship).map((sentence) => <div key={sentence}>{sentence}</div>) },
    { key: 'here', title: 'Called here', cell: ({ leftLabel, leftName }) => <>{leftLabel} <Code>{leftName}</Code></> },
    { key: 'there', title: 'Called there', cell: ({ rightLabel, rightName }) => <>{rightLabel} <Code>{rightName}</Code></> },
    { key: 'custom', title: 'Made by', cell: ({ custom }) => (custom ? 'You' : 'Ships') },
  ]
  return (
    <DataTable label="Relationships" rows={all} columns={columns} menu={(relationship) => <RelationshipMenu type={type} relationship={relationship} words={words(relationship)} />}
      empty={<Empty icon={IconArrowsLeftRight}>{type.plural} stand alone so far. A relationship links them to accounts, contacts or anything else.</Empty>} />
  )
}

function RelationshipMenu({ type, relationship, words }: { type: EntityType; relationship: api.Relationship; words: [string, string] }) {
  const { right, custom } = relationship
  return (
    <>
      <Menu.Item leftSection={<IconLayoutList size={16} aria-hidden />} component={Link} to={paths.layout(right === targetList ? targetList : type.name, 'bottomPanels')}>Bottom Panels</Menu.Item>
      <Menu.Divider />
      <ReasonMenuItem icon={IconTrash} danger reason={custom ? undefined : 'It ships with Tidings.'} onClick={() => modals.open({ title: 'Remove the relationship?', children: <RemoveRelationship type={type} relationship={relationship} words={words} /> })}>Remove…</ReasonMenuItem>
    </>
  )
}
