/** The kind of chart, chosen by its picture; one that does not fit says why. */
import { Select, Stack, Tooltip } from '@mantine/core'
import { type KeyboardEvent, useRef } from 'react'
import { type ChartType, chartTypes } from '../../../src/charts/chart.ts'
import { isTime } from '../../../src/listing/field-kinds.ts'
import type { StepProps } from './BuilderSteps.tsx'
import { ChartPicture } from './ChartPicture.tsx'
import { chartWords, whyNot } from './chart-kinds.ts'
import { fieldOf, keyOf } from './draft.ts'
import { aggregateWords } from './report-words.ts'
import classes from './ReportBuilder.module.css'

export function ChartStep({ draft, source, faults, onChange }: StepProps) {
  const { chart, groupBy, aggregates } = draft
  const drawn = aggregates.find((aggregate) => keyOf(aggregate) === chart?.aggregate) ?? aggregates[0]
  const reasonOf = (type: ChartType) => whyNot(type, { groupBy, drawn, isTime: (group) => group.unit !== undefined || isTime(fieldOf(source, group.field)?.type ?? '') })
  const choose = (type: ChartType | null) => onChange({ chart: type && { type, ...(chart?.aggregate !== undefined && { aggregate: chart.aggregate }) } })
  const misfit = chart && groupBy.length > 0 ? reasonOf(chart.type) : undefined
  return (
    <Stack gap="sm">
      <Pictures value={chart?.type ?? null} reasonOf={reasonOf} onValue={choose} />
      {(misfit ?? faults.of('chart')) && <span role="alert" style={{ color: 'var(--tidings-bad)', fontSize: 'var(--mantine-font-size-sm)' }}>{misfit ?? faults.of('chart')}</span>}
      {chart && aggregates.length > 1 && (
        <Select label="What is drawn" data={aggregates.filter(({ function: by, field }) => by === 'count' || field !== undefined).map((aggregate) => ({ value: keyOf(aggregate), label: aggregateWords(aggregate, source) }))} value={drawn ? keyOf(drawn) : null}
          onChange={(aggregate) => onChange({ chart: { type: chart.type, ...(aggregate && { aggregate }) } })} />
      )}
    </Stack>
  )
}

type PicturesProps = { value: ChartType | null; reasonOf: (type: ChartType) => string | undefined; onValue: (type: ChartType | null) => void }
const kinds: (ChartType | null)[] = [null, ...chartTypes]

/** A group of radio buttons, walked by the arrow keys. Those that do not fit can be reached, to learn why. */
function Pictures({ value, reasonOf, onValue }: PicturesProps) {
  const frame = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const buttons = [...frame.current!.querySelectorAll('button')]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons[(at + by + buttons.length) % buttons.length]?.focus()
  }
  return (
    <div className={classes['charts']} role="radiogroup" aria-label="Draw it as" ref={frame} onKeyDown={walk} tabIndex={-1}>
      {kinds.map((type) => {
        const reason = type ? reasonOf(type) : undefined
        return (
          <Tooltip key={type ?? 'none'} label={reason} disabled={!reason} multiline maw={260}>
            <button type="button" role="radio" aria-checked={value === type} aria-disabled={reason ? true : undefined} aria-description={reason} className={classes['chart']} tabIndex={value === type ? 0 : -1}
              onClick={() => { if (!reason) onValue(type) }}>
              <ChartPicture type={type} />
              {type ? chartWords[type] : 'Table only'}
            </button>
          </Tooltip>
        )
      })}
    </div>
  )
}
