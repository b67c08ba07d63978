/** A new target list: its name first, its members on its own page. */
import { useNavigate } from 'react-router'
import { createTargetList, listTargetLists } from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TargetListForm, blankTargetList } from './TargetListForm.tsx'

export function NewTargetListScreen() {
  const navigate = useNavigate()
  const create = useAction(createTargetList, { refreshes: [listTargetLists], done: ({ id }) => { void navigate(paths.targetList(id), { replace: true }) } })
  return (
    <Page title="New target list" width="narrow" back={{ to: paths.targetLists(), title: 'Target Lists' }}>
      <Panel title="The list">
        <TargetListForm first={blankTargetList} submit="Create list" busy={create.isPending} error={create.error} onSubmit={(body) => create.mutate({ body })} />
      </Panel>
    </Page>
  )
}
