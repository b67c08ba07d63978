/** One list of things that can be arranged: each line is dragged, focused and moved by keys, or moved by its buttons. */
import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPlus, IconX } from '@tabler/icons-react'
import type { DragEvent } from 'react'
import type { Place } from './arrangement.ts'
import type { Arranging } from './use-arranging.ts'
import classes from './LayoutItems.module.css'

type LayoutItemsProps = { label: string; group: Place['group']; items: string[]; arranging: Arranging }

export function LayoutItems({ label, group, items, arranging }: LayoutItemsProps) {
  const { dragged, over, setOver, drop } = arranging
  const aim = (index: number) => (event: DragEvent) => { if (dragged) { event.preventDefault(); event.stopPropagation(); setOver({ group, index }) } }
  // Where it falls is told by the event itself: what is on screen may be one movement behind.
  const land = (index: number) => (event: DragEvent) => { event.preventDefault(); event.stopPropagation(); drop({ group, index }) }
  const aimed = (index: number) => (dragged && over?.group === group && over.index === index) || undefined
  return (
    <ul className={classes['list']} aria-label={label} onDragOver={aim(items.length)} onDrop={land(items.length)} data-aimed={aimed(items.length)}>
      {items.map((name, index) => (
        <li key={name} className={classes['place']} data-aimed={aimed(index)} onDragOver={aim(index)} onDrop={land(index)}><LayoutItem name={name} group={group} arranging={arranging} /></li>
      ))}
      {items.length === 0 && <Text component="li" size="sm" c="dimmed" p={8}>{group === 'hidden' ? 'Everything is shown.' : 'Nothing yet. Drag something here, or press + beside it.'}</Text>}
    </ul>
  )
}

function LayoutItem({ name, group, arranging }: { name: string; group: Place['group']; arranging: Arranging }) {
  const { labelOf, mustStay, keys, step, turn, setDragged, dragged } = arranging
  const label = labelOf(name)
  const hidden = group === 'hidden'
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-static-element-interactions -- moved by keys; its buttons do the same
    <div className={classes['item']} role="group" tabIndex={0} aria-label={label} aria-describedby="layout-keys" data-item={name} data-dragged={dragged === name || undefined} draggable
      onKeyDown={keys(name)} onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', label); setDragged(name) }} onDragEnd={() => setDragged(null)}>
      <IconGripVertical size={16} className={classes['grip']} aria-hidden />
      <Text size="sm" flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>{label}</Text>
      {!hidden && <ActionIcon tabIndex={-1} aria-label={`Move ${label} up`} onClick={() => step(name, -1)}><IconArrowUp size={16} /></ActionIcon>}
      {!hidden && <ActionIcon tabIndex={-1} aria-label={`Move ${label} down`} onClick={() => step(name, 1)}><IconArrowDown size={16} /></ActionIcon>}
      {mustStay(name)
        ? <Tooltip label="It is required: without it no record could be made."><ActionIcon tabIndex={-1} aria-disabled data-disabled aria-label={`${label} must stay: it is required`}><IconX size={16} /></ActionIcon></Tooltip>
        : <ActionIcon tabIndex={-1} aria-label={hidden ? `Show ${label}` : `Take ${label} out`} onClick={() => turn(name)}>{hidden ? <IconPlus size={16} /> : <IconX size={16} />}</ActionIcon>}
    </div>
  )
}
