/** What an import did, or would do: the numbers, each leading to its rows. */
import { paths } from '../../paths.ts'
import { Tile, Tiles } from '../../ui/Tile.tsx'

const names = [
  ['created', 'Created', 'good'], ['updated', 'Updated', 'plain'], ['duplicates', 'Duplicates', 'plain'], ['rejected', 'Rejected', 'bad'], ['warnings', 'Warnings', 'warning'],
] as const

/** The API counts `duplicates` and `warnings`; a row's outcome is one of them. */
const outcomeOf: Record<string, string> = { duplicates: 'duplicate', warnings: 'warning' }

export function ImportCounts({ counts, importId }: { counts: Record<string, unknown>; importId: string }) {
  return (
    <Tiles>
      {names.map(([key, label, tone]) => {
        const value = Number(counts[key] ?? 0)
        return <Tile key={key} label={label} value={value} tone={value > 0 ? tone : 'plain'} to={importId && value > 0 ? `${paths.importResult(importId)}?outcome=${outcomeOf[key] ?? key}` : undefined} />
      })}
    </Tiles>
  )
}
