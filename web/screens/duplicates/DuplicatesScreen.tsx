/** All records of a type that look like another one, group by group, each with the way to make them one. */
import { Anchor, Button, Card, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconArrowsJoin, IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import * as api from '../../../src/duplicates/contract.ts'
import { call } from '../../api/client.ts'
import { type EntityType, bySlug, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { displayAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { counted } from '../../ui/words.ts'
import { reasonWords } from './duplicate-words.ts'

export function DuplicatesScreen() {
  const { slug = '' } = useParams()
  const type = bySlug(useEntityTypes(), slug)
  return type ? <Duplicates key={slug} type={type} /> : <LostScreen />
}

const has = (type: EntityType, pattern: RegExp) => type.fields.some(({ name }) => pattern.test(name))

/** Only what this type has fields for. */
const ways = (type: EntityType): api.DuplicateReason[] => [
  ...(has(type, /^emailAddress$/) ? ['emailAddress' as const] : []),
  ...(has(type, /city$/i) ? ['nameAndCity' as const] : []),
  ...(has(type, /^account(Id|Name)$/) ? ['nameAndAccount' as const] : []),
  ...(type.fields.some((field) => field.type === 'phone') ? ['nameAndPhone' as const] : []),
]

function Duplicates({ type }: { type: EntityType }) {
  const [by, setBy] = useUrlText('by', ways(type)[0] ?? 'emailAddress')
  return (
    <Page title={`Duplicate ${type.plural.toLowerCase()}`} back={{ to: paths.records(type.slug), title: type.plural }} about="Records that may be the same. Nothing is merged by itself.">
      <Panel title="Groups" hideTitle>
        <Stack>
          <SegmentedControl aria-label="What they have in common" value={by} onChange={setBy} style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
            data={ways(type).map((way) => ({ value: way, label: `${reasonWords[way][0]!.toUpperCase()}${reasonWords[way].slice(1)}` }))} />
          <Groups type={type} by={by as api.DuplicateReason} />
        </Stack>
      </Panel>
    </Page>
  )
}

function Groups({ type, by }: { type: EntityType; by: api.DuplicateReason }) {
  const pages = useInfiniteQuery({
    queryKey: [api.listDuplicateGroups.path, type.slug, by],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => call(api.listDuplicateGroups, { params: { slug: type.slug }, query: { by, ...(pageParam && { cursor: pageParam }) } }, signal),
    getNextPageParam: ({ next }) => next,
  })
  if (pages.error) return <ErrorNote error={pages.error} again={() => { void pages.refetch() }} />
  if (pages.isPending) return <Text size="sm" c="dimmed" role="status" aria-label="Loading">Looking…</Text>
  const groups = pages.data.pages.flatMap(({ items }) => items)
  if (groups.length === 0) return <Empty icon={IconUsersGroup} title="No duplicates">No two {type.plural.toLowerCase()} have the {reasonWords[by]}.</Empty>
  return (
    <>
      {groups.map((group) => <GroupCard key={group.values.join('\n')} type={type} group={group} />)}
      {pages.hasNextPage && <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => { void pages.fetchNextPage() }} style={{ alignSelf: 'center' }}>Show more</Button>}
    </>
  )
}

function GroupCard({ type, group: { count, records } }: { type: EntityType; group: api.DuplicateGroup }) {
  const name = records[0]?.name || 'No name'
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" mb={6}>
        <Text fw={600}>{counted(count, 'record')}: {name}</Text>
        <Button component={Link} to={paths.merge(type.slug, records.map(({ id }) => id))} size="compact-sm" variant="default" leftSection={<IconArrowsJoin size={14} aria-hidden />} aria-label={`Merge ${name}`}>Merge…</Button>
      </Group>
      {records.map(({ id, name: each, emailAddress, createdAt }) => (
        <Text key={id} size="sm">
          <Anchor component={Link} to={paths.record(type.slug, id)} inherit underline="always">{each || 'No name'}</Anchor>
          <Text span inherit c="dimmed"> {displayAddress(emailAddress)} · created <TimeAgo at={createdAt} /></Text>
        </Text>
      ))}
      {count > records.length && <Text size="sm" c="dimmed">and {(count - records.length).toLocaleString()} more</Text>}
    </Card>
  )
}
