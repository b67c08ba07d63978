/** An amount of money: the number as text (nothing rounded) and its currency. */
import { Group, NumberInput, TextInput } from '@mantine/core'

type Money = { amount: string; currency: string }
type CurrencyInputProps = { label: string; required: boolean; error: string | undefined; disabled: boolean; value: unknown; onValue: (value: Money | null) => void }

export function CurrencyInput({ value, onValue, label, ...common }: CurrencyInputProps) {
  const { amount, currency } = (value as Money | null) ?? { amount: '', currency: 'EUR' }
  const put = (money: Money) => onValue(money.amount === '' ? null : money)
  return (
    <Group align="flex-end" wrap="nowrap" gap="xs">
      <NumberInput {...common} label={label} flex={1} decimalScale={2} value={amount} onChange={(number) => put({ amount: String(number), currency })} />
      <TextInput w={80} aria-label={`${label}: currency`} maxLength={3} disabled={common.disabled} value={currency} onChange={(event) => put({ amount, currency: event.currentTarget.value.toUpperCase() })} />
    </Group>
  )
}
