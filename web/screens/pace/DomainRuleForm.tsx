/** The limits of one recipient domain. */
import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import * as api from '../../../src/pace/contract.ts'
import { useAction } from '../../api/client.ts'
import { displayAddress } from '../../ui/address.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { numberOrNull } from '../settings/changes.ts'
import { groupSeparator } from '../settings/number-format.ts'

const limits = ['maxPerHour', 'maxPerSecond', 'connections'] as const
type Values = { domain: string } & Record<(typeof limits)[number], number | string>

const valuesOf = (rule: api.DomainRule | undefined): Values => ({
  domain: rule ? displayAddress(rule.domain) : '', maxPerHour: rule?.maxPerHour ?? '', maxPerSecond: rule?.maxPerSecond ?? '', connections: rule?.connections ?? '',
})

export function DomainRuleForm({ rule }: { rule: api.DomainRule | undefined }) {
  const form = useForm<Values>({ initialValues: valuesOf(rule) })
  const then = { refreshes: [api.listDomainRules], done: () => modals.closeAll() }
  const create = useAction(api.createDomainRule, then)
  const change = useAction(api.changeDomainRule, then)
  const { error, isPending } = rule ? change : create
  const submit = form.onSubmit((values) => {
    const body = { domain: values.domain, ...Object.fromEntries(limits.map((name) => [name, numberOrNull(values[name])])) }
    const faults = { onError: (problem: { byField: Record<string, string> }) => form.setErrors(problem.byField) }
    if (rule) change.mutate({ params: { id: rule.id }, body }, faults)
    else create.mutate({ body }, faults)
  })
  const number = (name: (typeof limits)[number]) => ({ min: 1, allowDecimal: false, thousandSeparator: groupSeparator, placeholder: 'No limit', ...form.getInputProps(name) })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label="Domain" description="The part of an address after the @." placeholder="gmail.com" required data-autofocus {...form.getInputProps('domain')} />
        <NumberInput label="Most in an hour" {...number('maxPerHour')} />
        <NumberInput label="Most in a second" {...number('maxPerSecond')} />
        <NumberInput label="Most at the same time" description="Mails on their way to it at once, over all sending programs." {...number('connections')} />
        {error && error.errors.length === 0 && <ErrorNote error={error} />}
        <Group justify="flex-end"><Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button><Button type="submit" loading={isPending}>{rule ? 'Save' : 'Create'}</Button></Group>
      </Stack>
    </form>
  )
}
