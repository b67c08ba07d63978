/** A small picture of each kind of chart. */
import type { ReactNode } from 'react'
import type { ChartType } from '../../../src/charts/chart.ts'

const [one, two, three] = ['var(--mantine-color-tide-6)', 'var(--mantine-color-lamp-5)', 'var(--mantine-color-tide-3)']
const bar = (x: number, y: number, height: number, fill: string, width = 7) => <rect key={`${x} ${y}`} x={x} y={y} width={width} height={height} rx={1} fill={fill} />

const pictures: Record<ChartType, ReactNode> = {
  bar: [bar(6, 12, 20, one, 8), bar(18, 4, 28, one, 8), bar(30, 18, 14, one, 8), bar(42, 9, 23, one, 8)],
  groupedBar: [bar(4, 12, 20, one, 6), bar(11, 18, 14, two, 6), bar(22, 5, 27, one, 6), bar(29, 13, 19, two, 6), bar(40, 16, 16, one, 6), bar(47, 9, 23, two, 6)],
  stackedBar: [bar(6, 18, 14, one, 10), bar(6, 8, 10, two, 10), bar(23, 13, 19, one, 10), bar(23, 4, 9, two, 10), bar(40, 20, 12, one, 10), bar(40, 14, 6, two, 10)],
  line: <path d="M4 26 L16 15 L28 19 L40 7 L52 10" fill="none" stroke={one} strokeWidth={3} strokeLinejoin="round" strokeLinecap="round" />,
  area: <><path d="M4 32 V24 L16 14 L28 18 L40 6 L52 10 V32 Z" fill={three} /><path d="M4 24 L16 14 L28 18 L40 6 L52 10" fill="none" stroke={one} strokeWidth={2} /></>,
  pie: <><circle cx={28} cy={18} r={15} fill={three} /><path d="M28 18 V3 A15 15 0 0 1 41 25.5 Z" fill={one} /><path d="M28 18 L41 25.5 A15 15 0 0 1 20 30.7 Z" fill={two} /></>,
  funnel: [bar(4, 4, 7, one, 48), bar(11, 14, 7, one, 34), bar(19, 24, 7, one, 18)],
  heatMap: [0, 1, 2, 3].flatMap((x) => [0, 1, 2].map((y) => <rect key={`${x}${y}`} x={6 + x * 11} y={4 + y * 10} width={9} height={8} rx={1} fill={one} opacity={0.2 + 0.8 * (((x * 5 + y * 7) % 6) / 5)} />)),
}
const rows = [6, 14, 22].map((y) => <g key={y} fill="none" stroke="currentColor" strokeWidth={2}><path d={`M6 ${y} H22`} /><path d={`M34 ${y} H50`} /></g>)

export const ChartPicture = ({ type }: { type: ChartType | null }) => <svg viewBox="0 0 56 36" width={56} height={36} aria-hidden>{type ? pictures[type] : rows}</svg>
