/** Draws docs/generated/modules.md from src/architecture.ts, so the picture is never older than the code. */
import { modules } from '../src/architecture.ts'

export function modulesPage(): string {
  const entries = Object.entries(modules)
  const rows = entries.map(([name, { does, writes }]) => `| \`${name}\` | ${does} | ${writes.join(', ') || '–'} |`)
  const arrows = entries.flatMap(([name, { imports }]) => imports.filter((to) => to !== '*').map((to) => `  ${name} --> ${to}`))
  return [
    '# Modules', '', 'Made from `src/architecture.ts` by `npm run generate`. Every module may import `platform`; `demo` and `cli` may import all.', '',
    '| module | does | writes |', '|---|---|---|', ...rows, '', '```mermaid', 'flowchart BT', ...arrows, '```', '',
  ].join('\n')
}
