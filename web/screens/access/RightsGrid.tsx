/** The editor of a role's levels: for everything, and for the types that differ. Each says in words what it means. */
import { Checkbox, Group, Paper, Select, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core'
import { type Action, type Level, type TypeRights, actions, levels } from '../../../src/access/contract.ts'
import { levelWords, rightsInWords } from './right-words.ts'
import { useThings } from './use-things.ts'

type Grid = { types: Record<string, TypeRights>; otherTypes: TypeRights }
type RightsGridProps = { value: Grid; onChange: (value: Grid) => void }

export function RightsGrid({ value: { types, otherTypes }, onChange }: RightsGridProps) {
  const change = (name: string, rights: TypeRights | undefined) => {
    const { [name]: _, ...others } = types
    onChange({ otherTypes, types: rights ? { ...others, [name]: rights } : others })
  }
  return (
    <Stack gap="sm">
      <Row title="Everything" things="of everything" rights={otherTypes} onRights={(rights) => onChange({ types, otherTypes: rights })} />
      {useThings().map(({ name, title }) => (
        <Row key={name} title={title} things={title.toLowerCase()} rights={types[name]} inherited={otherTypes} onRights={(rights) => change(name, rights)} onInherit={() => change(name, undefined)} />
      ))}
    </Stack>
  )
}

type RowProps = { title: string; things: string; rights: TypeRights | undefined; inherited?: TypeRights; onRights: (rights: TypeRights) => void; onInherit?: () => void }

function Row({ title, things, rights, inherited, onRights, onInherit }: RowProps) {
  const shown = rights ?? inherited!
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb={rights ? 'sm' : 0} wrap="nowrap" align="flex-start">
        <div>
          <Title order={3} size="h5">{title}</Title>
          <Text size="sm" c="dimmed">{rights ? sentence(shown, things) : 'As everything.'}</Text>
        </div>
        {onInherit && <Switch label="Differs" aria-label={`${title} differ from everything`} checked={rights !== undefined} onChange={(event) => (event.currentTarget.checked ? onRights(shown) : onInherit())} />}
      </Group>
      {rights && <Levels title={title} rights={rights} onRights={onRights} />}
    </Paper>
  )
}

const sentence = (rights: TypeRights, things: string) =>
  (things === 'of everything' ? rightsInWords(rights, 'records').replaceAll('records', 'things') : rightsInWords(rights, things))

const actionWords: Record<Action, string> = { read: 'See', edit: 'Change', delete: 'Delete' }

function Levels({ title, rights, onRights }: { title: string; rights: TypeRights; onRights: (rights: TypeRights) => void }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      {actions.map((action) => (
        <Select key={action} label={actionWords[action]} aria-label={`${title}: ${actionWords[action].toLowerCase()}`} allowDeselect={false} value={rights[action]}
          data={levels.map((level) => ({ value: level, label: levelWords[level] }))} onChange={(level) => onRights({ ...rights, [action]: level as Level })} />
      ))}
      <Checkbox label="Create" aria-label={`${title}: create`} checked={rights.create} onChange={(event) => onRights({ ...rights, create: event.currentTarget.checked })} mt={{ base: 0, sm: 30 }} />
    </SimpleGrid>
  )
}
