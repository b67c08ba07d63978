/** Two or more records side by side: which one stays, and which value of each field. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowsJoin } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import * as api from '../../../src/duplicates/contract.ts'
import * as records from '../../../src/records/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { type EntityType, bySlug, useEntityTypes } from '../../api/entity-types.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { undo } from '../../ui/notice.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { counted } from '../../ui/words.ts'
import { useTakeBack } from '../bin/take-back.tsx'
import { MergeChoice } from './MergeChoice.tsx'
import { type Choices, differing, givenBy, oldest, valuesToSend } from './merge-values.ts'

export function MergeScreen() {
  const { slug = '' } = useParams()
  const type = bySlug(useEntityTypes(), slug)
  if (!type) return <LostScreen />
  return (
    <Page title={`Merge ${type.plural.toLowerCase()}`} back={{ to: paths.records(type.slug), title: type.plural }}
      about="One record stays and gets the lists, consent, log and links of the others. Every opt-out stays. The others lie in the bin for 30 days.">
      <Chosen type={type} />
    </Page>
  )
}

function Chosen({ type }: { type: EntityType }) {
  const [ids] = useUrlText('ids')
  const chosen = ids.split(',').filter(Boolean)
  const { items } = useRead(records.listRecords, { params: { slug: type.slug }, query: { filter: { field: 'id', op: 'in', value: chosen }, sort: 'createdAt', limit: 50 } })
  if (items.length < 2) return <Panel title="Records" hideTitle><Empty icon={IconArrowsJoin} title="Two records are needed">Choose two or more records in the list, then Merge. One of these may have been deleted or merged already.</Empty></Panel>
  return <Merge type={type} rows={items as RecordRow[]} />
}

function Merge({ type, rows }: { type: EntityType; rows: RecordRow[] }) {
  const navigate = useNavigate()
  const { undoAction } = useTakeBack()
  const [survivorId, stay] = useState(oldest(rows).id)
  const [choices, setChoices] = useState<Choices>({})
  const survivor = rows.find(({ id }) => id === survivorId)!
  const fields = differing(type.fields, rows)
  const merge = useAction(api.mergeRecords, {
    refreshes: [records.listRecords, records.readRecord, api.findDuplicates, api.listDuplicateGroups],
    done: ({ actionId, refusals }) => {
      void navigate(paths.record(type.slug, survivorId))
      undo(`${counted(rows.length, 'record')} are one now.${refusals > 0 ? ` ${counted(refusals, 'opt-out')} of one address now ${refusals === 1 ? 'holds' : 'hold'} for another one, too.` : ''}`, () => undoAction(actionId))
    },
  })
  const send = () => merge.mutate({
    params: { slug: type.slug },
    body: { survivorId, otherIds: rows.map(({ id }) => id).filter((id) => id !== survivorId), values: valuesToSend(fields, survivor, rows, choices) },
  })
  return (
    <form onSubmit={(event) => { event.preventDefault(); send() }}>
      <Stack>
        <ErrorNote error={merge.error} />
        <Panel title="Which one stays"><MergeChoice rows={rows} label="Which one stays" value={survivorId} onValue={stay} /></Panel>
        <Panel title="Which values stay" about={fields.length === 0 ? 'They do not differ.' : 'Only fields that differ are shown.'}>
          <Stack gap="lg">
            {fields.map((field) => (
              <MergeChoice key={field.name} rows={rows} label={field.label} field={field}
                value={choices[field.name] ?? givenBy(field, survivor, rows)} onValue={(id) => setChoices((before) => ({ ...before, [field.name]: id }))} />
            ))}
          </Stack>
        </Panel>
        {rows.some((row) => row['doNotEmail'] === true) && <Alert variant="light" color="lamp">“Do not email” stays, because one of them has it.</Alert>}
        <Group>
          <Button type="submit" loading={merge.isPending} leftSection={<IconArrowsJoin size={16} aria-hidden />}>Merge into {nameOf(survivor)}</Button>
          <Button variant="default" onClick={() => { void navigate(paths.records(type.slug)) }}>Cancel</Button>
          <Text size="sm" c="dimmed">This can be undone for 30 days.</Text>
        </Group>
      </Stack>
    </form>
  )
}
