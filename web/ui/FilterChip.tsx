/** One chip of a filter: shows its conditions in words; opens to build or change them. Without a chip it is the "Add filter" button. */
import { Button, CloseButton, Group, Popover } from '@mantine/core'
import { IconFilterPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ValueChoices } from './FilterBuilder.tsx'
import { FilterEditor } from './FilterEditor.tsx'
import type { Chip, FilterField } from './filter.ts'
import { useConditionWords } from './filter-words.ts'
import classes from './FilterChip.module.css'

export type FilterChipProps = ValueChoices & {
  fields: FilterField[]
  chip: Chip | undefined
  onChip: (chip: Chip | undefined) => void
  count?: ((chip: Chip | undefined) => Promise<{ total: number; totalIsEstimate: boolean }>) | undefined
}

export function FilterChip({ fields, chip, onChip, count, ...choices }: FilterChipProps) {
  const [open, setOpen] = useState(false)
  const words = useConditionWords(chip, fields, choices)
  const apply = (changed: Chip) => { setOpen(false); onChip(changed) }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus withinPortal width={340}>
      <Group gap={0} className={chip ? classes['chip'] : undefined} wrap="nowrap">
        <Popover.Target>
          {chip
            ? <button type="button" className={classes['words']} onClick={() => setOpen(!open)}>{words}</button>
            : <Button size="sm" fw={500} variant="default" leftSection={<IconFilterPlus size={16} aria-hidden />} onClick={() => setOpen(!open)}>Add filter</Button>}
        </Popover.Target>
        {chip && <CloseButton size={24} aria-label={`Remove filter: ${words}`} onClick={() => onChip(undefined)} />}
      </Group>
      <Popover.Dropdown>
        {open && <FilterEditor fields={fields} chip={chip} onApply={apply} count={count} {...choices} />}
      </Popover.Dropdown>
    </Popover>
  )
}
