/** A scene as SVG in React: a tip for each mark, one stop for the Tab key, arrow keys between marks, a link or button where a mark leads somewhere. */
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Link } from 'react-router'
import { markAfter } from '../../../src/charts/keys.ts'
import type { Mark, Scene, Shape } from '../../../src/charts/scene.ts'
import { elementsOf, patternPaths } from '../../../src/charts/svg.ts'
import classes from './ChartView.module.css'

/** What was picked, as in the chart that was given. */
export type Picked = Pick<Mark, 'category' | 'series' | 'value'> & { categoryIndex: number; seriesIndex: number | null }
export type LeadsTo = {
  onPick?: ((picked: Picked) => void) | undefined
  /** Where a mark leads; undefined for nowhere. */
  linkOf?: ((picked: Picked) => string | undefined) | undefined
}

export function SceneView({ scene, onPick, linkOf }: LeadsTo & { scene: Scene }) {
  const [tip, setTip] = useState<number | null>(null)
  const [stop, setStop] = useState(0)
  const svg = useRef<SVGSVGElement>(null)
  const patterns = `${useId()}p`
  const goTo = (event: KeyboardEvent, from: number) => {
    if (event.key === 'Escape') setTip(null)
    const next = markAfter(scene, from, event.key)
    if (next === null) return
    event.preventDefault()
    svg.current?.querySelector<SVGElement>(`[data-mark="${next}"]`)?.focus()
  }
  const shapes = (list: Shape[]) => list.map((shape) => <ShapeView key={shape.key} shape={shape} patterns={patterns} />)
  return (
    <>
      <svg ref={svg} className={classes['svg']} width={scene.width} height={scene.height} viewBox={`0 0 ${scene.width} ${scene.height}`} role="group" aria-label={`${scene.title} (chart)`}>
        <Patterns patterns={patterns} />
        <g aria-hidden>{shapes(scene.behind)}</g>
        {scene.marks.map((mark, index) => (
          <MarkView key={mark.key} mark={mark} index={index} onPick={onPick} linkOf={linkOf} tabIndex={index === Math.min(stop, scene.marks.length - 1) ? 0 : -1}
            onKeyDown={(event) => goTo(event, index)} onFocus={() => { setStop(index); setTip(index) }} onBlur={() => setTip(null)}
            onPointerEnter={() => setTip(index)} onPointerLeave={() => setTip(null)}>
            {shapes(mark.shapes)}
          </MarkView>
        ))}
        <g aria-hidden style={{ pointerEvents: 'none' }}>{shapes(scene.front)}</g>
      </svg>
      {tip !== null && scene.marks[tip] && <Tip mark={scene.marks[tip]} width={scene.width} />}
    </>
  )
}

type MarkViewProps = LeadsTo & {
  mark: Mark; index: number; tabIndex: number; children: React.ReactNode
  onKeyDown: (event: KeyboardEvent) => void; onFocus: () => void; onBlur: () => void; onPointerEnter: () => void; onPointerLeave: () => void
}

function MarkView({ mark, index, onPick, linkOf, children, onKeyDown, ...handlers }: MarkViewProps) {
  const { category, categoryIndex, series, seriesIndex, value } = mark
  const picked = categoryIndex === null ? null : { category, categoryIndex, series, seriesIndex, value }
  const to = picked && linkOf?.(picked)
  const shared = { className: classes['mark'], 'data-mark': index, 'data-leads': Boolean(to || (picked && onPick)), 'aria-label': mark.title, ...handlers }
  const inside = <>{children}<rect className={classes['hit']} {...mark.hit} rx={2} /></>
  if (to) return <Link to={to} {...shared} onKeyDown={onKeyDown}>{inside}</Link>
  if (!picked || !onPick) return <g role="img" {...shared} onKeyDown={onKeyDown}>{inside}</g>
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return onKeyDown(event)
    event.preventDefault()
    onPick(picked)
  }
  return <g role="button" {...shared} onClick={() => onPick(picked)} onKeyDown={press}>{inside}</g>
}

function ShapeView({ shape, patterns }: { shape: Shape; patterns: string }) {
  return elementsOf(shape, patterns).map(({ tag: Tag, attributes, text }, index) => <Tag key={index} {...attributes}>{text}</Tag>)
}

function Patterns({ patterns }: { patterns: string }) {
  return (
    <defs>
      {patternPaths.map(({ d, size }, index) => (
        <pattern key={index} id={`${patterns}${index + 1}`} width={size} height={size} patternUnits="userSpaceOnUse"><path d={d} className={classes['pattern']} /></pattern>
      ))}
    </defs>
  )
}

/** Above the mark, and never beyond the edges. */
function Tip({ mark: { hit, title }, width }: { mark: Mark; width: number }) {
  const half = Math.min(130, title.length * 3.5 + 10)
  const left = Math.max(half, Math.min(width - half, hit.x + hit.width / 2))
  return <div className={classes['tip']} style={{ left, top: Math.max(24, hit.y) }} aria-hidden>{title}</div>
}
