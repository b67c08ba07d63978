/** The inbox of the Sandbox: every mail that would have left, newest first. */
import { IconFlask, IconSearch, IconTrash } from '@tabler/icons-react'
import { Link } from 'react-router'
import { Button } from '@mantine/core'
import * as api from '../../../src/sandbox/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { counted } from '../../ui/words.ts'

const columns: Column<api.SandboxMessageRow>[] = [
  { key: 'subject', title: 'Subject', cell: ({ subject }) => subject || '(no subject)', width: 420 },
  { key: 'to', title: 'To', cell: ({ to, envelopeTo }) => to || envelopeTo, width: 300 },
  { key: 'from', title: 'From', cell: ({ from }) => from, width: 260 },
  { key: 'size', title: 'Size', align: 'right', cell: ({ size }) => kilobytes(size ?? 0) },
  { key: 'receivedAt', title: 'Captured', cell: ({ receivedAt }) => <TimeAgo at={receivedAt} /> },
]

export function SandboxScreen() {
  const [q, setQ] = useUrlText('q')
  const messages = usePages(api.listSandboxMessages, { query: { q } }, { every: 4000 })
  const empty = useAction(api.emptySandbox, { refreshes: [api.listSandboxMessages], done: () => succeeded('The Sandbox is empty.') })
  return (
    <Page title="Sandbox" about="Mail that Tidings captured instead of sending it out. Nothing here has reached anybody. Addresses that begin with hard-bounce, soft-bounce, complaint, auto-reply or defer answer as such."
      action={<EmptyButton total={messages.total} onEmpty={() => empty.mutate({})} />}>
      <ErrorNote error={empty.error} />
      <Panel title={counted(messages.total, 'message')} flush action={<SearchField label="Search captured mail" text={q} onText={setQ} />}>
        <DataTable label="Captured mail" {...messages} columns={columns} keys linkTo={({ id }) => paths.sandboxMessage(id)}
          empty={q
            ? <Empty icon={IconSearch}>No captured mail matches “{q}”.</Empty>
            : (
              <Empty icon={IconFlask} title="Nothing captured yet" action={<Button component={Link} to={paths.campaigns()}>Go to the campaigns</Button>}>
                Send a test or a mass email: as long as no SMTP server is set, every mail arrives here.
              </Empty>
            )} />
      </Panel>
    </Page>
  )
}

function EmptyButton({ total, onEmpty }: { total: number; onEmpty: () => void }) {
  const administrator = useIsAdministrator()
  const reason = !administrator ? 'Only an administrator may throw captured mail away.' : total === 0 ? 'There is nothing to throw away.' : undefined
  const ask = async () => {
    const sure = await confirm({
      title: 'Throw away all captured mail?', body: `${counted(total, 'message')} will be gone for good. Deliveries, log and figures stay.`, confirm: 'Throw away', danger: true,
    })
    if (sure) onEmpty()
  }
  return <ReasonButton variant="default" leftSection={<IconTrash size={16} aria-hidden />} reason={reason} onClick={() => { void ask() }}>Clear all</ReasonButton>
}

const kilobytes = (bytes: number) =>
  new Intl.NumberFormat(undefined, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: bytes < 10_240 ? 1 : 0 }).format(bytes / 1024)
