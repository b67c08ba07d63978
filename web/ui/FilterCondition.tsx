/** One condition: what it is about, how it is asked, and the value. */
import { CloseButton, Group, Select, Text } from '@mantine/core'
import type { ValueChoices } from './FilterBuilder.tsx'
import { FilterAsked } from './FilterAsked.tsx'
import { FilterDeed } from './FilterDeed.tsx'
import { type Condition, type Deed, type FilterField, type Operator, type ValueKind, fieldOf, isAsked, operatorOf, operatorsOf } from './filter.ts'
import classes from './Filter.module.css'

type FilterConditionProps = {
  condition: Condition
  onCondition: (condition: Condition) => void
  onRemove: () => void
  /** Just added: the keyboard goes on here. */
  fresh: boolean
  fields: FilterField[]
  choices: ValueChoices
}

export function FilterCondition({ condition: given, onCondition, onRemove, fresh, fields, choices }: FilterConditionProps) {
  const field = fieldOf(fields, given.name)
  const condition = asOffered(given, field)
  const operators = offeredFor(field, condition.op)
  const kind = operatorOf(field.type, condition.op)?.value ?? 'one'
  const changeOp = (op: string) => {
    const sameKind = operatorOf(field.type, op)?.value === kind
    const value = sameKind ? condition.value : firstValue(operatorOf(field.type, op)?.value, condition.value)
    onCondition({ name: condition.name, op, ...(value !== undefined && { value }) })
  }
  return (
    <div className={classes['condition']} role="group" aria-label={field.label}>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <Text size="sm" fw={600} truncate>{field.label}</Text>
        <CloseButton size="sm" aria-label={`Remove the condition on ${field.label}`} onClick={onRemove} />
      </Group>
      {field.type === 'gone'
        ? <Text size="sm" c="red">There is no such field any more. Remove the condition.</Text>
        : (
          <div className={classes['parts']}>
            <Select aria-label={`Condition on ${field.label}`} value={condition.op} autoFocus={fresh && (kind === 'none' || kind === 'deed')}
              data={operators.map(({ op, words }) => ({ value: op, label: words }))} onChange={(op) => op && changeOp(op)} />
            {kind === 'deed'
              ? <FilterDeed field={field} deed={(condition.value ?? {}) as Deed} onDeed={(value) => onCondition({ ...condition, value })} {...choices} />
              : <FilterAsked field={field} kind={kind} value={condition.value} onValue={(value) => onCondition({ ...condition, value })} fresh={fresh} {...choices} />}
          </div>
        )}
    </div>
  )
}

/** A question stays a question when it is asked in another way; what it began with was for the old one. */
function firstValue(kind: ValueKind | undefined, before: unknown): unknown {
  if (isAsked(before) && kind !== 'none') return { asked: before.asked, label: before.label }
  return kind === 'days' ? 30 : undefined
}

/** What another program asked for in a way that is not offered stays in the list as long as it is chosen. */
function offeredFor({ type }: FilterField, op: string): Operator[] {
  const offered = operatorsOf(type)
  const own = operatorOf(type, op)
  return own && !offered.includes(own) ? [...offered, own] : offered
}

const asMany: Record<string, string> = { equals: 'in', notEquals: 'notIn' }
const asTime: Record<string, string> = { equals: 'on', greaterThan: 'after', lessThan: 'before' }

/** The builder says "is any of", "on", "is yes" where another program may have said `equals`. */
function asOffered(condition: Condition, { type }: FilterField): Condition {
  const { name, op, value } = condition
  const has = (wanted: string | undefined) => operatorsOf(type).some((operator) => operator.op === wanted)
  if (has(op)) return condition
  if (type === 'boolean' && (op === 'equals' || op === 'notEquals')) return { name, op: (op === 'equals') === Boolean(value) ? 'isTrue' : 'isFalse' }
  if (has(asTime[op])) return { ...condition, op: asTime[op]! }
  if (!has(asMany[op])) return condition
  const many = (one: unknown) => (one === undefined ? undefined : [one])
  return { ...condition, op: asMany[op]!, value: isAsked(value) ? { ...value, default: many(value.default) } : many(value) }
}
