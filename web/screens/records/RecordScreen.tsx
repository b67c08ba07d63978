/** One record: its fields (view and edit), below them what it is related to, and beside them its address, target lists and mail history. */
import { Button, Grid, Stack } from '@mantine/core'
import { IconEdit, IconShieldLock, IconTrash } from '@tabler/icons-react'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { readUserRights } from '../../../src/access/contract.ts'
import * as api from '../../../src/records/contract.ts'
import { useAction, useLook, useRead } from '../../api/client.ts'
import { type EntityType, bySlug, useEntityTypes } from '../../api/entity-types.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import { useManagesUsers, useWhyNot } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { displayAddress } from '../../ui/address.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { Page } from '../../ui/Page.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { PersonRights } from '../access/PersonRights.tsx'
import { DuplicatesPanel } from '../duplicates/DuplicatesPanel.tsx'
import { PastMail } from './PastMail.tsx'
import { RecordFields } from './RecordFields.tsx'
import { RecordForm } from './RecordForm.tsx'
import { RelatedPanels } from './RelatedPanels.tsx'
import { RecordSide } from './RecordSide.tsx'
import { useRemoveRecord } from './remove-record.ts'

export function RecordScreen() {
  const { slug = '', id = '' } = useParams()
  const type = bySlug(useEntityTypes(), slug)
  return type ? <RecordOrSurvivor key={id} type={type} id={id} /> : <LostScreen />
}

/** A record that was merged into another one leads there, from wherever it is still linked. */
function RecordOrSurvivor({ type, id }: { type: EntityType; id: string }) {
  const { isPending, error } = useLook(api.readRecord, { params: { slug: type.slug, id } })
  const survivorId = error?.more['mergedIntoId']
  if (isPending) return <Waiting />
  return typeof survivorId === 'string' ? <Navigate replace to={paths.record(type.slug, survivorId)} /> : <RecordPage type={type} id={id} />
}

function RecordPage({ type, id }: { type: EntityType; id: string }) {
  const navigate = useNavigate()
  const record = useRead(api.readRecord, { params: { slug: type.slug, id } }) as RecordRow
  const [mode, setMode] = useUrlText('mode')
  const remove = useRemoveRecord(type, () => { void navigate(paths.records(type.slug)) })
  const [whyNotEdit, whyNotDelete] = [useWhyNot(type.name, 'edit', type.plural.toLowerCase()), useWhyNot(type.name, 'delete', type.plural.toLowerCase())]
  const managesUsers = useManagesUsers()
  const actions = mode !== 'edit' && (
    <>
      {type.name === 'User' && managesUsers && <Button component={Link} to={paths.userSignIn(id)} variant="default" leftSection={<IconShieldLock size={16} aria-hidden />}>Sign-in</Button>}
      <ReasonButton reason={whyNotDelete} variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => { void remove(record) }}>Delete</ReasonButton>
      <ReasonButton reason={whyNotEdit} leftSection={<IconEdit size={16} aria-hidden />} onClick={() => setMode('edit')}>Edit</ReasonButton>
    </>
  )
  return (
    <Page title={nameOf(record)} about={displayAddress(String(record['emailAddress'] ?? ''))} back={{ to: paths.records(type.slug), title: type.plural }} action={actions}>
      <Grid gap="md">
        {/* Without an address there is little to say beside the fields. */}
        <Grid.Col span={{ base: 12, lg: type.baseType === 'base' ? 12 : 7 }}>
          {mode === 'edit' ? <EditRecord type={type} record={record} onDone={() => setMode('')} /> : <RecordFields type={type} record={record} />}
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: type.baseType === 'base' ? 12 : 5 }}>
          <Stack><DuplicatesPanel type={type} id={id} />{type.mailable ? <RecordSide type={type} record={record} /> : <PastMail type={type} record={record} />}</Stack>
        </Grid.Col>
        {type.name === 'User' && managesUsers && mode !== 'edit' && <Grid.Col span={12}><PersonRights userId={id} /></Grid.Col>}
        {mode !== 'edit' && <Grid.Col span={12}><Stack><RelatedPanels type={type} record={record} /></Stack></Grid.Col>}
      </Grid>
    </Page>
  )
}

function EditRecord({ type, record, onDone }: { type: EntityType; record: RecordRow; onDone: () => void }) {
  const save = useAction(api.changeRecord, { refreshes: [api.listRecords, api.readRecord, readUserRights], done: () => { succeeded('Saved.'); onDone() } })
  const send = (body: Record<string, unknown>) => (Object.keys(body).length === 0 ? onDone() : save.mutate({ params: { slug: type.slug, id: record.id }, body }))
  return <RecordForm type={type} initial={record} saveLabel="Save" saving={save.isPending} error={save.error} onSave={send} onCancel={onDone} />
}
