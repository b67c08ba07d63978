/** `page`: the figures of the newest runs as a table in docs/performance.md and as docs/performance.svg. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Line } from './figure.ts'
import { type Goal, goals } from './goals.ts'
import { plot } from './plot.ts'
import { readRuns, type Run } from './results.ts'

const page = fileURLToPath(new URL('../docs/performance.md', import.meta.url))
const picture = fileURLToPath(new URL('../docs/performance.svg', import.meta.url))

/** Where the table stands; all else of the page is written by hand. */
const table = /(<!-- figures -->\n).*(<!-- end of figures -->)/s

export async function writePage(): Promise<void> {
  const newest = newestOf(await readRuns())
  const text = await readFile(page, 'utf8')
  if (!table.test(text)) throw new Error('docs/performance.md has no place for the figures (<!-- figures --> … <!-- end of figures -->).')
  await writeFile(page, text.replace(table, (_, start: string, end: string) => `${start}${tableOf(newest)}${end}`))
  await writeFile(picture, plot(new Map([...newest].map(([name, { line }]) => [name, line]))))
}

type Found = { line: Line; run: Run }

/** Each figure as the newest run that has it tells. */
function newestOf(runs: readonly Run[]): Map<string, Found> {
  const found = new Map<string, Found>()
  for (const run of runs) for (const line of run.figures) if (!found.has(line.name)) found.set(line.name, { line, run })
  return found
}

function tableOf(newest: ReadonlyMap<string, Found>): string {
  const known = goals.flatMap((goal) => { const found = newest.get(goal.name); return found ? [{ goal, ...found }] : [] })
  return [
    '| figure | measured | beside | ratio | goal | | of |', '|---|---|---|---|---|---|---|',
    ...known.map(rowOf), '',
    ...[...new Set(known.map(({ run }) => machineOf(run)))].map((words) => `- ${words}`), '',
    'How each was got:', '', ...known.map(({ line }) => `- \`${line.name}\`: ${line.method}.`), '',
  ].join('\n')
}

const rowOf = ({ goal, line, run }: { goal: Goal } & Found): string => {
  const mark = goal.reached ? (goal.reached(line) ? 'reached' : '**not reached**') : ''
  const { value, unit, limit, ratio } = line
  return `| ${goal.title} (\`${line.name}\`) | ${numbered(value)} ${unit} | ${limit === undefined ? '' : numbered(limit)} | ${ratio ?? ''} | ${goal.words ?? ''} | ${mark} | ${run.at.slice(0, 10)}, ${run.commit} |`
}

const numbered = (value: number) => value.toLocaleString('en')

const machineOf = ({ at, commit, machine }: Run) =>
  `${at.slice(0, 10)}, ${commit}: ${machine.cores} cores (${machine.processor}), ${machine.memoryGigabytes} GB, Node ${machine.node}`
