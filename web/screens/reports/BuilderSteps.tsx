/** The questions of the builder, in the order in which one asks them. */
import { SegmentedControl, Select, Stack, Text } from '@mantine/core'
import type { ReportSource } from '../../../src/reports/contract.ts'
import { undo } from '../../ui/notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ChartStep } from './ChartStep.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { FilterStep } from './FilterStep.tsx'
import { GroupStep } from './GroupStep.tsx'
import { HavingStep } from './HavingStep.tsx'
import { OrderStep } from './OrderStep.tsx'
import { ValuesStep } from './ValuesStep.tsx'
import { type Draft, aboutSomethingElse, isUntouched } from './draft.ts'
import type { Faults } from './faults.ts'
import { rowsOf } from './report-words.ts'

export type StepProps = { draft: Draft; source: ReportSource; faults: Faults; onChange: (part: Partial<Draft>) => void }
type BuilderStepsProps = StepProps & { sources: ReportSource[]; onDraft: (draft: Draft) => void }

export function BuilderSteps({ sources, onDraft, ...step }: BuilderStepsProps) {
  const { draft, source, faults, onChange } = step
  const isList = draft.kind === 'list'
  const about = (entityType: string) => {
    onDraft(aboutSomethingElse(draft, entityType))
    if (!isUntouched(draft)) undo(`Filter and fields were those of ${rowsOf(source)}.`, () => onDraft(draft))
  }
  return (
    <>
      <Panel title="What is it about?">
        <Stack gap="sm">
          <Select aria-label="What is it about?" data={subjects(sources)} value={draft.entityType} searchable={sources.length > 8} error={faults.of('entityType')} onChange={(name) => name && name !== draft.entityType && about(name)} />
          <div>
            <SegmentedControl fullWidth aria-label="List or summary?" data={[{ value: 'list', label: 'A list' }, { value: 'grid', label: 'A summary' }]} value={draft.kind} onChange={(kind) => onChange({ kind: kind as Draft['kind'] })} />
            <Text size="xs" c="dimmed" mt={4}>{isList ? `Each of the ${rowsOf(source)} is a row.` : `The ${rowsOf(source)} are counted in groups, as a table and a chart.`}</Text>
          </div>
        </Stack>
      </Panel>
      <Panel title="Which ones?"><FilterStep {...step} /></Panel>
      {isList
        ? <Panel title="Which columns?"><ColumnsStep {...step} /></Panel>
        : (
          <>
            <Panel title="Group by"><GroupStep {...step} /></Panel>
            <Panel title="Show"><ValuesStep label="Show" values={draft.aggregates} onValues={(aggregates) => onChange({ aggregates })} source={source} error={faults.of('aggregates')} /></Panel>
            <Panel title="Only groups where"><HavingStep {...step} /></Panel>
          </>
        )}
      <Panel title="In which order?"><OrderStep {...step} /></Panel>
      {isList
        ? <Panel title="Totals"><ValuesStep label="Totals" values={draft.totals} onValues={(totals) => onChange({ totals })} source={source} error={faults.of('aggregates')} counted /></Panel>
        : <Panel title="Draw it as"><ChartStep {...step} /></Panel>}
    </>
  )
}

const others: Record<string, string> = { Delivery: 'What was sent to whom', CampaignLog: 'What happened: sent, opened, clicked …' }

function subjects(sources: ReportSource[]) {
  const item = ({ name, plural }: ReportSource) => ({ value: name, label: others[name] ? `${plural}: ${others[name]}` : plural })
  const records = sources.filter(({ slug }) => slug !== null)
  const rest = sources.filter(({ slug }) => slug === null)
  return [{ group: 'Records', items: records.map(item) }, { group: 'Campaigns', items: rest.map(item) }].filter(({ items }) => items.length > 0)
}
