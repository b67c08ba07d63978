/** The input for one field of a record, from its definition. Links are chosen with the finder that the caller hands in. */
import { Checkbox, MultiSelect, NumberInput, PasswordInput, Select, TextInput, Textarea } from '@mantine/core'
import { DateInput, DateTimePicker } from '@mantine/dates'
import { CurrencyInput } from './CurrencyInput.tsx'
import { LinksInput } from './LinksInput.tsx'
import { type Pick, RecordPicker } from './RecordPicker.tsx'

export type FieldDefinition = {
  name: string
  label: string
  type: string
  required?: boolean | undefined
  readOnly?: boolean | undefined
  maxLength?: number | null | undefined
  options?: string[] | null | undefined
  /** For links: the entity type they lead to. */
  entityType?: string | null | undefined
}

export type FormFieldProps = {
  field: FieldDefinition
  value: unknown
  onValue: (value: unknown) => void
  error?: string | undefined
  /** The name of the linked record now, shown until another is chosen. */
  linkedName?: string | undefined
  find?: ((field: FieldDefinition, text: string) => Promise<Pick[]>) | undefined
}

/** Hints for the keyboard of a phone. Not `type=email`: the browser would refuse what the product takes with a warning. */
const inputModes: Record<string, 'email' | 'tel' | 'url'> = { email: 'email', phone: 'tel', url: 'url' }

export function FormField({ field, value, onValue, error, linkedName, find }: FormFieldProps) {
  const common = { label: field.label, required: field.required ?? false, error, disabled: field.readOnly ?? false }
  const options = field.options ?? []
  switch (field.type) {
    case 'longText': return <Textarea {...common} value={textOf(value)} onChange={(event) => onValue(event.currentTarget.value)} />
    case 'password': return <PasswordInput {...common} autoComplete="new-password" value={textOf(value)} onChange={(event) => onValue(event.currentTarget.value)} />
    case 'boolean': return <Checkbox label={field.label} disabled={common.disabled} error={error} checked={Boolean(value)} onChange={(event) => onValue(event.currentTarget.checked)} mt={6} />
    case 'integer': return <NumberInput {...common} allowDecimal={false} value={(value as number | null) ?? ''} onChange={(number) => onValue(number === '' ? null : Number(number))} />
    // A decimal travels as text, so that no digit is lost.
    case 'decimal': return <NumberInput {...common} value={textOf(value)} onChange={(number) => onValue(number === '' ? null : String(number))} />
    case 'enum': return <Select {...common} allowDeselect clearable data={options} value={(value as string | null) || null} onChange={onValue} searchable={options.length > 8} />
    case 'multiEnum': return <MultiSelect {...common} data={options} value={(value as string[] | null) ?? []} onChange={onValue} />
    case 'date': return <DateInput {...common} clearable valueFormat="YYYY-MM-DD" placeholder="YYYY-MM-DD" value={(value as string | null) ?? null} onChange={onValue} />
    case 'dateTime': return <DateTimePicker {...common} clearable clearButtonProps={{ 'aria-label': `Empty ${field.label}` }} value={localTime(value)} onChange={(at) => onValue(at ? new Date(at).toISOString() : null)} />
    case 'currency': return <CurrencyInput {...common} value={value} onValue={onValue} />
    case 'link': return <LinkInput {...{ field, value, onValue, linkedName, find, common }} />
    case 'linkMultiple': return <LinksInput {...common} kind={field.entityType ?? field.name} value={(value as string[] | null) ?? []} onValue={onValue} find={() => find?.(field, '') ?? Promise.resolve([])} />
    default: return (
      <TextInput {...common} inputMode={inputModes[field.type]} maxLength={field.maxLength ?? undefined} value={textOf(value)}
        onChange={(event) => onValue(event.currentTarget.value)} />
    )
  }
}

type LinkInputProps = Omit<FormFieldProps, 'error'> & { common: { label: string; required: boolean; error: string | undefined; disabled: boolean } }

function LinkInput({ field, value, onValue, linkedName, find, common }: LinkInputProps) {
  const now = value ? { id: String(value), name: linkedName ?? '…' } : null
  return <RecordPicker {...common} kind={field.entityType ?? field.name} value={now} find={(text) => find?.(field, text) ?? Promise.resolve([])} onPick={(pick) => onValue(pick?.id ?? null)} />
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** The picker works in local wall-clock time (`YYYY-MM-DD HH:mm:ss`), the API in UTC. */
function localTime(value: unknown): string | null {
  if (!value) return null
  const at = new Date(String(value))
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}
