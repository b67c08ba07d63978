/** A new record of any entity type. */
import { useNavigate, useParams } from 'react-router'
import * as api from '../../../src/records/contract.ts'
import { useAction } from '../../api/client.ts'
import { type EntityType, bySlug, useEntityTypes, oneOf } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { Page } from '../../ui/Page.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { RecordForm } from './RecordForm.tsx'

export function NewRecordScreen() {
  const { slug = '' } = useParams()
  const type = bySlug(useEntityTypes(), slug)
  return type ? <NewRecord type={type} /> : <LostScreen />
}

function NewRecord({ type }: { type: EntityType }) {
  const navigate = useNavigate()
  const create = useAction(api.createRecord, { refreshes: [api.listRecords], done: ({ id }) => { succeeded(`${type.name} created.`); void navigate(paths.record(type.slug, id)) } })
  return (
    <Page title={`New ${oneOf(type)}`} width="narrow" back={{ to: paths.records(type.slug), title: type.plural }}>
      <RecordForm type={type} initial={{}} saveLabel="Create" saving={create.isPending} error={create.error}
        onSave={(body) => create.mutate({ params: { slug: type.slug }, body })} onCancel={() => { void navigate(paths.records(type.slug)) }} />
    </Page>
  )
}
