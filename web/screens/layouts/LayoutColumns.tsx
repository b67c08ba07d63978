/** What is shown (under headings, where there are some) beside what is not; things move by mouse, by buttons and by keys. */
import { Button, Group, SimpleGrid, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef } from 'react'
import type { Layout } from '../../../src/layouts/contract.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { type Arrangement, titled, withGroup, withoutGroup } from './arrangement.ts'
import { layoutWords } from './layout-words.ts'
import { LayoutItems } from './LayoutItems.tsx'
import { useArranging } from './use-arranging.ts'

type LayoutColumnsProps = { layout: Layout; arrangement: Arrangement; onArrangement: (arrangement: Arrangement) => void }

export function LayoutColumns({ layout, arrangement, onArrangement }: LayoutColumnsProps) {
  const words = layoutWords[layout.kind]
  const frame = useRef<HTMLDivElement>(null)
  const arranging = useArranging({ layout, arrangement, onArrangement, frame })
  return (
    <div ref={frame}>
      <Text size="sm" c="dimmed" mb="sm" id="layout-keys">Drag, or press the arrows. With the keyboard: focus a line, then Arrow up and Arrow down move it, Delete takes it out, Enter shows it.</Text>
      <VisuallyHidden role="status" aria-live="assertive">{arranging.said}</VisuallyHidden>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" style={{ alignItems: 'start' }}>
        <Panel title={words.shown}>
          <Stack gap="md">
            {arrangement.groups.map(({ items }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a group is its position
              <div key={index}>
                {layout.groups && <GroupHead index={index} arrangement={arrangement} onArrangement={onArrangement} />}
                <LayoutItems label={arrangement.groups[index]!.title || words.shown} group={index} items={items} arranging={arranging} />
              </div>
            ))}
            {layout.groups && <Group><Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onArrangement(withGroup(arrangement, 'New group'))}>Add a group</Button></Group>}
          </Stack>
        </Panel>
        <Panel title={words.hidden}><LayoutItems label={words.hidden} group="hidden" items={arrangement.hidden} arranging={arranging} /></Panel>
      </SimpleGrid>
    </div>
  )
}

function GroupHead({ index, arrangement, onArrangement }: Omit<LayoutColumnsProps, 'layout'> & { index: number }) {
  const { title } = arrangement.groups[index]!
  return (
    <Group gap="xs" mb={6} align="flex-end" wrap="nowrap">
      <TextInput size="xs" flex={1} aria-label={`Heading of group ${index + 1}`} value={title} error={title.trim() ? undefined : 'A group needs a heading.'}
        onChange={(event) => onArrangement(titled(arrangement, index, event.currentTarget.value))} />
      <ReasonButton size="xs" variant="default" reason={arrangement.groups.length === 1 ? 'The form needs a group.' : undefined} onClick={() => onArrangement(withoutGroup(arrangement, index))}>Remove the group</ReasonButton>
    </Group>
  )
}
