/** A new entity type: what it is called, what it begins with, how it looks. */
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { baseTypes } from './base-types.ts'
import { definitionReads } from './definition-reads.ts'
import { LookInputs } from './LookInputs.tsx'
import { pluralOf, slugOf, typeNameOf } from './names.ts'

/** `null` while it is only guessed from the name. */
type Draft = { name: string; plural: string | null; slug: string | null; baseType: EntityType['baseType']; icon: string; color: string }

export function NewEntityTypeScreen() {
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>({ name: '', plural: null, slug: null, baseType: 'person', icon: 'user', color: 'blue' })
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }))
  const plural = draft.plural ?? pluralOf(draft.name.trim())
  const slug = draft.slug ?? slugOf(plural)
  const name = typeNameOf(draft.name)
  const create = useAction(api.createEntityType, { refreshes: definitionReads, done: (type) => { succeeded(`${type.plural} are ready. Add their fields now.`); void navigate(paths.entityType(type.name)) } })
  const faults = create.error?.byField ?? {}
  // The fault may be above what is on screen.
  useEffect(() => { if (create.error) document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus() }, [create.error])
  const { baseType, icon, color } = draft
  return (
    <Page title="New entity type" width="narrow" back={{ to: paths.entityTypes(), title: 'Entity Manager' }} about="A kind of record of your own. It gets a list, forms, import, export and the API at once.">
      <form onSubmit={(event) => { event.preventDefault(); create.mutate({ body: { name, plural, slug, baseType, icon, color } }) }} noValidate>
        <Stack>
          <ErrorNote error={create.error} />
          <Panel title="Name">
            <Stack>
              <TextInput label="Name" description={name && name !== draft.name.trim() ? `One of them. Programs and placeholders call it ${name}.` : 'One of them, such as Doctor.'} required data-autofocus value={draft.name} error={faults['name']} onChange={(event) => change({ name: event.currentTarget.value })} />
              <TextInput label="Plural" description="Many of them: the title of the list." required value={plural} error={faults['plural']} onChange={(event) => change({ plural: event.currentTarget.value })} />
              <TextInput label="Slug" description={`In addresses: /api/v1/${slug || '…'}. It cannot be changed later.`} required value={slug} error={faults['slug']} onChange={(event) => change({ slug: event.currentTarget.value })} />
            </Stack>
          </Panel>
          <Panel title="Base type" about={<Text size="sm" c="dimmed">What it begins with. It cannot be changed later; fields can be added at any time.</Text>}>
            <Radio.Group aria-label="Base type" value={baseType} onChange={(value) => change({ baseType: value as Draft['baseType'] })}>
              <Stack gap="sm">{baseTypes.map(({ value, label, about }) => <Radio key={value} value={value} label={label} description={about} />)}</Stack>
            </Radio.Group>
          </Panel>
          <Panel title="Look"><Stack><LookInputs look={{ icon, color }} onLook={change} /></Stack></Panel>
          <Group><Button type="submit" loading={create.isPending}>Create</Button><Button variant="default" onClick={() => { void navigate(paths.entityTypes()) }}>Cancel</Button></Group>
        </Stack>
      </form>
    </Page>
  )
}
