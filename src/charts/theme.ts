/** The colours of charts. Eight for series, each told from every other by people who see colours differently, and 3:1 against the surface (theme.test.ts measures both). */

export type ChartTheme = {
  surface: string
  text: string
  quiet: string
  line: string
  series: readonly string[]
  others: string
  /** The strongest shade of a heat map and of what is below zero there, what is written on strong shades, and on the one in the middle. */
  heat: string
  onHeat: string
  onWarm: string
  cold: string
}

export const lightTheme: ChartTheme = {
  surface: '#ffffff', text: '#182022', quiet: '#5a6668', line: '#dfe5e5', others: '#76838a',
  series: ['#136c6e', '#d5781c', '#5c2490', '#4790ea', '#3b1622', '#0b4a02', '#a9819b', '#8a5f15'],
  heat: '#0d5a5d', onHeat: '#ffffff', onWarm: '#182022', cold: '#7a3f05',
}

export const darkTheme: ChartTheme = {
  surface: '#171d1f', text: '#d5dcdd', quiet: '#9dabad', line: '#2b3539', others: '#8b9798',
  series: ['#4aa5a2', '#f7a045', '#925ecf', '#a4ebfe', '#dd7262', '#4e7700', '#af3f8e', '#f9d834'],
  heat: '#8fdcd8', onHeat: '#0a0d0f', onWarm: '#0a0d0f', cold: '#f7a045',
}

/** In the browser the names stand for the colours (web/ui/theme.css), so that a chart turns dark without being drawn again. */
export const webTheme: ChartTheme = {
  surface: 'var(--tidings-surface)', text: 'var(--mantine-color-text)', quiet: 'var(--tidings-quiet)', line: 'var(--tidings-line)', others: 'var(--tidings-chart-others)',
  series: Array.from({ length: 8 }, (_, index) => `var(--tidings-chart-${index + 1})`),
  heat: 'var(--tidings-chart-heat)', onHeat: 'var(--tidings-chart-on-heat)', onWarm: 'var(--tidings-chart-on-warm)', cold: 'var(--tidings-chart-cold)',
}
