/** Home: the reports somebody pinned, each small, as its chart, table or first rows; arranged by mouse, by keys, or by the menu. */
import { ActionIcon, Anchor, Menu, SimpleGrid, Text, VisuallyHidden } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconDots, IconPinnedOff } from '@tabler/icons-react'
import { type DragEvent, type KeyboardEvent, lazy, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Report } from '../../../src/reports/contract.ts'
import { paths } from '../../paths.ts'
import { movedTo } from '../../ui/moved.ts'
import { undo } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { usePins } from './report-actions.tsx'
import classes from './PinnedReports.module.css'

/** Whoever pins nothing does not wait for what draws charts. */
const PinnedAnswer = lazy(async () => ({ default: (await import('./PinnedAnswer.tsx')).PinnedAnswer }))

export function PinnedReports() {
  const { items, set } = usePins()
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const [said, say] = useState('')
  const frame = useRef<HTMLDivElement>(null)
  const focusNext = useRef<string | null>(null)
  useEffect(() => {
    if (focusNext.current) frame.current?.querySelector<HTMLElement>(`[data-pin="${focusNext.current}"]`)?.focus()
    focusNext.current = null
  }, [items])
  if (items.length === 0) return null

  const move = (from: number, to: number) => {
    const report = items[from]!
    if (to < 0 || to >= items.length) return say(`${report.name} is at the end already.`)
    say(`${report.name}: ${to + 1} of ${items.length}.`)
    void set(movedTo(items, from, to))
  }
  const unpin = (index: number) => {
    void set(items.toSpliced(index, 1))
    undo(`“${items[index]!.name}” is off your Home.`, () => { void set(items) })
  }
  const keys = (index: number, report: Report) => (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
    if (event.target !== event.currentTarget || (!by && event.key !== 'Delete')) return
    event.preventDefault()
    if (!by) return unpin(index)
    focusNext.current = report.id
    move(index, index + by)
  }
  const drop = (index: number) => (event: DragEvent) => {
    event.preventDefault()
    if (dragged !== null && dragged !== index) move(dragged, index)
    setDragged(null)
    setOver(null)
  }
  return (
    <div ref={frame}>
      <VisuallyHidden id="pin-keys">Arrow keys move it, Delete takes it off.</VisuallyHidden>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md" role="list" aria-label="Pinned reports">
        {items.map((report, index) => (
          <div key={report.id} role="listitem" data-over={(over === index && dragged !== index) || undefined} className={classes['place']}
            onDragOver={(event) => { if (dragged !== null) { event.preventDefault(); setOver(index) } }} onDrop={drop(index)}>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-static-element-interactions -- moved by keys; its menu does the same */}
            <div className={classes['pin']} role="group" tabIndex={0} aria-label={report.name} aria-describedby="pin-keys" data-pin={report.id} draggable onKeyDown={keys(index, report)}
              onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', report.name); setDragged(index) }} onDragEnd={() => { setDragged(null); setOver(null) }}>
              <Pinned report={report} onEarlier={index > 0 ? () => move(index, index - 1) : undefined} onLater={index < items.length - 1 ? () => move(index, index + 1) : undefined} onUnpin={() => unpin(index)} />
            </div>
          </div>
        ))}
      </SimpleGrid>
    </div>
  )
}

type PinnedProps = { report: Report; onEarlier: (() => void) | undefined; onLater: (() => void) | undefined; onUnpin: () => void }

function Pinned({ report, onEarlier, onLater, onUnpin }: PinnedProps) {
  return (
    <Panel title={report.name} flush action={(
      <>
        <Anchor component={Link} to={paths.report(report.id)} size="sm" aria-label={`Open ${report.name}`}>Open</Anchor>
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon size="sm" aria-label={`Actions for ${report.name}`}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <ReasonMenuItem icon={IconArrowLeft} reason={onEarlier ? undefined : 'It is the first.'} onClick={() => onEarlier?.()}>Move forward</ReasonMenuItem>
            <ReasonMenuItem icon={IconArrowRight} reason={onLater ? undefined : 'It is the last.'} onClick={() => onLater?.()}>Move back</ReasonMenuItem>
            <ReasonMenuItem icon={IconPinnedOff} onClick={onUnpin}>Take off Home</ReasonMenuItem>
          </Menu.Dropdown>
        </Menu>
      </>
    )}>
      {report.problems.length > 0
        ? <Text size="sm" c="dimmed" px={18} pb="md">It asks for something that is no longer there. <Anchor component={Link} to={paths.report(report.id)} inherit>See what</Anchor></Text>
        : <PinnedAnswer report={report} />}
    </Panel>
  )
}
