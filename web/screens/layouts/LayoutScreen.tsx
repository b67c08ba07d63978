/** Administration > Layouts: one entity type and one kind of layout at a time, both in the address. */
import { Select, Stack, Tabs, Text } from '@mantine/core'
import { useNavigate, useParams } from 'react-router'
import type { LayoutKind } from '../../../src/layouts/contract.ts'
import { useEntityTypes } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import { paths } from '../../paths.ts'
import { LostScreen } from '../../shell/LostScreen.tsx'
import { Page } from '../../ui/Page.tsx'
import { LayoutEditor } from './LayoutEditor.tsx'
import { kindsOf, layoutWords } from './layout-words.ts'

export function LayoutScreen() {
  const { entityType = 'Contact', kind = kindsOf(entityType)[0]! } = useParams()
  const types = useEntityTypes()
  const known = entityType === 'TargetList' || types.some(({ name }) => name === entityType)
  if (!known || !kindsOf(entityType).includes(kind as LayoutKind)) return <LostScreen />
  const choices = [...types.map(({ name, plural }) => ({ value: name, label: plural })), { value: 'TargetList', label: 'Target Lists' }]
  return (
    <Page title="Layouts" back={{ to: paths.administration(), title: 'Administration' }} about="What lists, forms and filters show of each entity type, and the panels below a record.">
      <Where entityType={entityType} kind={kind as LayoutKind} choices={choices} />
    </Page>
  )
}

function Where({ entityType, kind, choices }: { entityType: string; kind: LayoutKind; choices: { value: string; label: string }[] }) {
  const navigate = useNavigate()
  const go = (to: string, toKind: string) => { void navigate(paths.layout(to, kindsOf(to).find((each) => each === toKind) ?? kindsOf(to)[0])) }
  return (
    <Stack gap="md">
      <Select label="Entity type" maw={320} searchable data={choices} value={entityType} onChange={(chosen) => chosen && go(chosen, kind)} />
      <Tabs value={kind} onChange={(chosen) => chosen && go(entityType, chosen)}>
        <Tabs.List mb="md">{kindsOf(entityType).map((each) => <Tabs.Tab key={each} value={each}>{layoutWords[each].title}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value={kind}>
          <Text size="sm" c="dimmed" mb="md">{layoutWords[kind].about}</Text>
          <Editor entityType={entityType} kind={kind} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

/** Begins anew with what is stored whenever that is another version. */
function Editor({ entityType, kind }: { entityType: string; kind: LayoutKind }) {
  const layout = useLayout(entityType, kind)
  return <LayoutEditor key={`${entityType} ${kind} ${layout.version}`} layout={layout} />
}
