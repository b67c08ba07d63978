/** The result of each scenario as a file in faults/results, and the table of docs/reliability.md made from them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Result, Scenario } from './scenario.ts'

type Kept = Result & { date: string; machine: string }

const folder = fileURLToPath(new URL('results', import.meta.url))
const page = fileURLToPath(new URL('../docs/reliability.md', import.meta.url))
const [begin, end] = ['<!-- results: written by npm run faults -- --page -->', '<!-- end of results -->']

export function keep(result: Result, machine: string): void {
  mkdirSync(folder, { recursive: true })
  const kept: Kept = { ...result, date: new Date().toISOString().slice(0, 10), machine }
  writeFileSync(join(folder, `${result.scenario}.json`), `${JSON.stringify(kept, null, 2)}\n`)
}

export function writePage(scenarios: readonly Scenario[]): void {
  const text = readFileSync(page, 'utf8')
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))]
  writeFileSync(page, `${before}${begin}\n${tableOf(scenarios)}\n${after}`)
}

function tableOf(scenarios: readonly Scenario[]): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  const kept = new Map(files.map((file) => readFileSync(join(folder, file), 'utf8')).map((text) => JSON.parse(text) as Kept).map((result) => [result.scenario, result]))
  const rows = scenarios.map((scenario) => rowOf(scenario, kept.get(scenario.name)))
  return ['| scenario | what holds | recipients | lost | twice (allowed) | Uncertain | back after | seconds | date |', '|---|---|---|---|---|---|---|---|---|', ...rows].join('\n')
}

function rowOf({ name, promise }: Scenario, result: Kept | undefined): string {
  const cells = (...values: (string | number)[]) => `| ${values.join(' | ')} |`
  if (!result) return cells(`\`${name}\``, promise, '–', '–', '–', '–', '–', '–', 'not run')
  if (result.skipped) return cells(`\`${name}\``, `${promise} *Not run: ${result.skipped}*`, '–', '–', '–', '–', '–', '–', result.date)
  const { recipients, lost, duplicates, allowed, uncertain, recovery, seconds, ok, note, broken, date } = result
  const words = [promise, note && `*${note}*`, !ok && `**Broken: ${broken?.join(' ')}**`].filter(Boolean).join(' ')
  return cells(`\`${name}\``, words, recipients, lost, `${duplicates} (${allowed})`, uncertain, recovery === undefined ? '–' : `${recovery} s`, seconds, date)
}
