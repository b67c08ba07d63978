/** A new relationship of an entity type: with what, one or many at each end, and what each end calls it. */
import { Alert, Button, Group, Radio, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '../../../src/entity-manager/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { type EntityType, useEntityTypes } from '../../api/entity-types.ts'
import type { ApiError } from '../../api/problem.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { addTargetListPanel } from './add-panel.ts'
import { definitionReads } from './definition-reads.ts'
import { aOrAn } from './names.ts'
import { type RelationshipDraft, bodyOf, newRelationship, wholeOf } from './relationship-draft.ts'
import { type EndWords, type Kind, endWords, inOneSentence, sentences, targetList } from './relationship-words.ts'

type RelationshipFormProps = { type: EntityType; withTargetList?: boolean }

export function RelationshipForm({ type, withTargetList = false }: RelationshipFormProps) {
  const types = useEntityTypes()
  const [draft, setDraft] = useState(() => newRelationship(withTargetList))
  const [panel, setPanel] = useState(true)
  const change = (changes: Partial<RelationshipDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const left = endWords(types, type.name)
  const right = draft.other === null ? null : endWords(types, draft.other)
  const names = right && wholeOf(draft, left, right)
  const create = useCreate(panel && draft.other === targetList)
  const mailing = draft.other === targetList
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (names) create.mutate(bodyOf(type.name, draft, names)) }} noValidate>
      <Stack>
        <ErrorNote error={create.error} />
        <Select label={`${left.many} belong to`} placeholder="Choose an entity type" {...(!withTargetList && { 'data-autofocus': true })} searchable data={choicesFor(type, types)} value={draft.other} error={create.error?.byField['right']}
          onChange={(other) => other && setDraft({ ...newRelationship(other === targetList), other })} />
        {right && !mailing && <KindInput kind={draft.kind} left={left} right={right} onKind={(kind) => change({ kind })} />}
        {mailing && <Alert color="blue" title={`This makes ${left.many} mailable`}>From then on they can be selected, filtered, imported into target lists, mailed and seen in every log, as contacts are.</Alert>}
        {right && names && <Ends left={left} right={right} names={names} onChange={change} faults={create.error?.byField ?? {}} />}
        {mailing && <Switch label="Add the panel now" description={`Every target list gets a panel ${names?.rightLabel ?? left.many}. It can be added and moved later in Layouts, Target Lists, Bottom Panels.`} checked={panel} onChange={(event) => setPanel(event.currentTarget.checked)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
          <Button type="submit" loading={create.isPending} disabled={!names} title={names ? undefined : 'Choose an entity type first'}>Create</Button>
        </Group>
      </Stack>
    </form>
  )
}

function useCreate(withPanel: boolean) {
  const refresh = useRefresh()
  return useMutation<api.Relationship, ApiError, api.RelationshipInput>({
    mutationFn: async (body) => {
      const made = await call(api.createRelationship, { body })
      if (withPanel) await addTargetListPanel(made.left === targetList ? made.leftName : made.rightName)
      return made
    },
    onSuccess: async () => { modals.closeAll(); await refresh(...definitionReads); succeeded(withPanel ? 'They are related, and every target list has the panel.' : 'They are related.') },
  })
}

/** What cannot be chosen stands there all the same, with the reason. */
function choicesFor(type: EntityType, types: EntityType[]) {
  const why = type.mailable ? ' (related already)' : type.baseType === 'base' ? ' (not for the base type Base: it has no address)' : ''
  return [{ value: targetList, label: `Target Lists${why}`, disabled: why !== '' }, ...types.map(({ name, plural }) => ({ value: name, label: plural }))]
}

const kinds: Kind[] = ['manyToOne', 'oneToMany', 'manyToMany']

function KindInput({ kind, left, right, onKind }: { kind: Kind; left: EndWords; right: EndWords; onKind: (kind: Kind) => void }) {
  return (
    <Radio.Group label="One or many" value={kind} onChange={(value) => onKind(value as Kind)}>
      <Stack gap={8} mt={6}>{kinds.map((each) => <Radio key={each} value={each} label={inOneSentence(sentences(each, left, right))} />)}</Stack>
    </Radio.Group>
  )
}

type EndsProps = { left: EndWords; right: EndWords; names: ReturnType<typeof wholeOf>; onChange: (changes: Partial<RelationshipDraft>) => void; faults: Record<string, string> }

function Ends({ left, right, names, onChange, faults }: EndsProps) {
  return (
    <div>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={`${capital(aOrAn(left.one))} calls it`} value={names.leftLabel} error={faults['leftLabel']} onChange={(event) => onChange({ leftLabel: event.currentTarget.value })} />
        <TextInput label="In programs" aria-label={`What programs call it at ${left.one}`} value={names.leftName} error={faults['leftName']} onChange={(event) => onChange({ leftName: event.currentTarget.value })} />
        <TextInput label={`${capital(aOrAn(right.one))} calls it`} value={names.rightLabel} error={faults['rightLabel']} onChange={(event) => onChange({ rightLabel: event.currentTarget.value })} />
        <TextInput label="In programs" aria-label={`What programs call it at ${right.one}`} value={names.rightName} error={faults['rightName']} onChange={(event) => onChange({ rightName: event.currentTarget.value })} />
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt={6}>The names for programs cannot be changed later.</Text>
    </div>
  )
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
