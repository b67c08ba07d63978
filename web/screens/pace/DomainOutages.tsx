/** Domains that took our mail and suddenly called many addresses unknown: those addresses wait until a person says what it was. */
import { Button, Group, Text } from '@mantine/core'
import * as api from '../../../src/pace/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { counted } from '../../ui/words.ts'

const columns: Column<api.DomainOutage>[] = [
  { key: 'domain', title: 'Domain', cell: ({ domain }) => <b>{displayAddress(domain)}</b> },
  { key: 'beganAt', title: 'Began', cell: ({ beganAt }) => <TimeAgo at={beganAt} /> },
  { key: 'unknown', title: 'Called unknown', cell: ({ taken, unknown }) => `${unknown.toLocaleString()} of ${taken.toLocaleString()} in an hour` },
  { key: 'held', title: 'Waiting', cell: ({ held }) => counted(held, 'address', 'addresses') },
  { key: 'decision', title: 'Decision', cell: (outage) => <Decision outage={outage} /> },
]

export function DomainOutages() {
  const pages = usePages(api.listDomainOutages, {}, { every: 30_000 })
  return (
    <Panel title="Outages" flush about="A domain that took our mail and suddenly calls many addresses unknown is mostly broken itself. Its addresses are held, not given up, until you decide.">
      <DataTable label="Outages" {...pages} rows={pages.rows as api.DomainOutage[]} columns={columns} empty={<Empty>No domain has behaved like that.</Empty>} />
    </Panel>
  )
}

function Decision({ outage }: { outage: api.DomainOutage }) {
  const then = { refreshes: [api.listDomainOutages], done: () => succeeded('Decided.') }
  const release = useAction(api.releaseDomainOutage, then)
  const giveUp = useAction(api.confirmDomainOutage, then)
  if (outage.decision) return <DecidedText outage={outage} />
  const name = displayAddress(outage.domain)
  const sure = () => confirm({
    title: `Are the addresses at ${name} really gone?`, body: `${counted(outage.held, 'address becomes', 'addresses become')} invalid and ${outage.held === 1 ? 'is' : 'are'} not mailed again.`,
    confirm: 'They are gone', danger: true,
  })
  return (
    <Group gap="xs">
      <Button size="compact-sm" loading={release.isPending} onClick={() => release.mutate({ params: { id: outage.id } }, { onError: failed })}>Its fault, go on</Button>
      <Button size="compact-sm" variant="default" loading={giveUp.isPending}
        onClick={() => { sure().then((yes) => { if (yes) giveUp.mutate({ params: { id: outage.id } }, { onError: failed }) }).catch(failed) }}>Really gone…</Button>
    </Group>
  )
}

function DecidedText({ outage: { decision, decidedAt, decidedByName } }: { outage: api.DomainOutage }) {
  return <Text size="sm">{decision === 'confirmed' ? 'Really gone' : 'Went on'}{decidedByName ? `, ${decidedByName}` : ''} <Text span inherit c="dimmed"><TimeAgo at={decidedAt} /></Text></Text>
}
