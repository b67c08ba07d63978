/** Which columns a list shows, in the order of the definition. */
import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Stack, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import type { EntityType } from '../../api/entity-types.ts'

type ColumnsMenuProps = { type: EntityType; columns: string[]; onColumns: (columns: string[]) => void; onReset: (() => void) | undefined }

export function ColumnsMenu({ type, columns, onColumns, onReset }: ColumnsMenuProps) {
  const toggle = (name: string) => {
    const chosen = columns.includes(name) ? columns.filter((other) => other !== name) : [...columns, name]
    onColumns(chosen.toSorted((a, b) => orderOf(type, a) - orderOf(type, b)))
  }
  const isLast = (name: string) => columns.length === 1 && columns[0] === name
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target><Tooltip label="Columns"><ActionIcon size={34} variant="default" aria-label="Columns"><IconColumns3 size={18} /></ActionIcon></Tooltip></Popover.Target>
      <Popover.Dropdown p={0}>
        <ScrollArea.Autosize mah={360}>
          <Stack gap={8} p="sm" role="group" aria-label="Columns shown">
            {type.fields.map(({ name, label }) => (
              <Checkbox key={name} size="xs" label={label} checked={columns.includes(name)} disabled={(name === 'name' && columns.includes('name')) || isLast(name)} onChange={() => toggle(name)} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        {onReset && <Button m="xs" size="compact-sm" variant="subtle" onClick={onReset}>Back to the usual columns</Button>}
      </Popover.Dropdown>
    </Popover>
  )
}

/** The name stays first; it is the link. */
const orderOf = (type: EntityType, name: string) => (name === 'name' ? -1 : type.fields.findIndex((field) => field.name === name))
