/** A new record of any entity type. Opened from a panel, it belongs there once it is made: to a record, or into a target list. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { addMembers } from '../../../src/audience/contract.ts'
import * as api from '../../../src/records/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { type EntityType, bySlug, oneOf, useEntityTypes } from '../../api/entity-types.ts'
import type { ApiError } from '../../api/problem.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { Page } from '../../ui/Page.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { inWords } from '../../ui/words.ts'
import { RecordForm } from './RecordForm.tsx'

export function NewRecordScreen() {
  const { slug = '' } = useParams()
  const type = bySlug(useEntityTypes(), slug)
  return type ? <NewRecord type={type} /> : <LostScreen />
}

function NewRecord({ type }: { type: EntityType }) {
  const navigate = useNavigate()
  const { back, join } = useOrigin(type)
  const refresh = useRefresh()
  const create = useMutation<api.RecordAnswer, ApiError, Record<string, unknown>>({
    mutationFn: async (body) => {
      const made = await call(api.createRecord, { params: { slug: type.slug }, body })
      // It is made: that it could not join is told, and the form must not make it twice.
      await join(made.id).catch(failed)
      return made
    },
    onSuccess: async ({ id }) => {
      await refresh(api.listRecords, api.listRelated)
      succeeded(`${inWords(type.name)} created.`)
      await navigate(back.joined ?? paths.record(type.slug, id))
    },
  })
  return (
    <Page title={`New ${oneOf(type)}`} width="narrow" back={back}>
      <RecordForm type={type} initial={{}} saveLabel="Create" saving={create.isPending} error={create.error}
        onSave={(body) => create.mutate(body)} onCancel={() => { void navigate(back.to) }} />
    </Page>
  )
}

/** Where one came from, where one goes back to, and what is done with the new record there. */
function useOrigin(type: EntityType): { back: { to: string; title: string; joined?: string }; join: (id: string) => Promise<unknown> } {
  const [search] = useSearchParams()
  const [slug, id, related] = (search.get('related') ?? '').split('/')
  const listId = search.get('targetListId')
  if (slug && id && related) {
    const to = paths.record(slug, id)
    return { back: { to, title: 'Back to the record', joined: to }, join: (made) => call(api.addRelated, { params: { slug, id, related }, body: { ids: [made] } }) }
  }
  if (listId) {
    const to = paths.targetList(listId)
    return { back: { to, title: 'Back to the target list', joined: to }, join: (made) => call(addMembers, { params: { id: listId }, body: { entityType: type.name, ids: [made] } }) }
  }
  return { back: { to: paths.records(type.slug), title: type.plural }, join: () => Promise.resolve() }
}
