/** What a report asks before it answers: one input for each question, as the condition wants it. Answers go to the address. */
import { Group, Stack, Text } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import type { Report, ReportSource } from '../../../src/reports/contract.ts'
import { FilterValue } from '../../ui/FilterValue.tsx'
import { fieldOf, membership, operatorOf } from '../../ui/filter.ts'
import { Panel } from '../../ui/Panel.tsx'
import { isGiven, leavesOf } from './questions.ts'
import { type FilterParts, WithFilter } from './with-filter.tsx'

export type Answers = Record<string, unknown>
type ReportQuestionsProps = { report: Report; source: ReportSource; answers: Answers; onAnswers: (answers: Answers) => void }

export function ReportQuestions({ report, source, answers, onAnswers }: ReportQuestionsProps) {
  if (report.questions.length === 0) return null
  return (
    <Panel title="Questions" hideTitle>
      <WithFilter source={source}>{(parts) => <Inputs key={report.version} report={report} parts={parts} answers={answers} onAnswers={onAnswers} />}</WithFilter>
    </Panel>
  )
}

function Inputs({ report, parts: { fields, ...choices }, answers, onAnswers }: Omit<ReportQuestionsProps, 'source'> & { parts: FilterParts }) {
  // What is being typed may be nothing for a moment, without the default coming back into the input.
  const [given, setGiven] = useState<Answers>(answers)
  const settle = useDebouncedCallback((all: Answers) => onAnswers(Object.fromEntries(Object.entries(all).filter(([, value]) => isGiven(value)))), 400)
  const answer = (name: string, value: unknown) => { const all = { ...given, [name]: value }; setGiven(all); settle(all) }
  const leaves = leavesOf(report.filter)
  return (
    <Group align="flex-start" gap="lg">
      {report.questions.map(({ name, label, default: first }) => {
        const leaf = leaves.find(({ question }) => question === name)
        if (!leaf) return null
        const field = fieldOf(fields, leaf.field || membership)
        const operator = operatorOf(field.type, leaf.op)
        return (
          <Stack key={name} gap={4} role="group" aria-label={label} w={{ base: '100%', xs: 280 }}>
            <Text size="sm" fw={600}>{label}</Text>
            {operator?.value === 'days' || leaf.op === 'equals' ? null : <Text size="xs" c="dimmed">{`${field.label} ${operator?.words ?? ''}`}</Text>}
            <FilterValue field={field} kind={operator?.value ?? 'one'} value={name in given ? given[name] : first ?? undefined} onValue={(value) => answer(name, value)} fresh={false} {...choices} />
          </Stack>
        )
      })}
    </Group>
  )
}
