/** Where an arrow key leads from a mark: along the categories, or to another series. Pure. */
import type { Mark, Scene } from './scene.ts'

const ways: Record<string, { along: number; across: number } | undefined> = {
  ArrowRight: { along: 1, across: 0 }, ArrowLeft: { along: -1, across: 0 }, ArrowDown: { along: 0, across: 1 }, ArrowUp: { along: 0, across: -1 },
}

/** The place among the marks, or null where the key means nothing here. */
export function markAfter({ marks, turned }: Pick<Scene, 'marks' | 'turned'>, from: number, key: string): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return marks.length - 1
  const way = ways[key]
  const here = marks[from]
  if (!way || !here) return null
  return turned ? step(marks, here, way.across, way.along) : step(marks, here, way.along, way.across)
}

/** The nearest that way: over gaps along the series, and to the same category of another one. */
function step(marks: Mark[], here: Mark, along: number, across: number): number | null {
  const ahead = marks.map((mark, index) => ({ mark, index, distance: along !== 0 ? (mark.column - here.column) * along : (mark.row - here.row) * across }))
    .filter(({ mark, distance }) => distance > 0 && (along !== 0 ? mark.row === here.row : mark.column === here.column))
  return ahead.toSorted((a, b) => a.distance - b.distance)[0]?.index ?? null
}
