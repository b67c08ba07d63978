/** How much an account carries at most, and its share where several carry one mass email. */
import { Button, Group, NumberInput, SimpleGrid, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type OutboundAccount, changeOutboundAccount, getOutboundAccount, listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { numberOrNull } from '../settings/changes.ts'
import { groupSeparator } from '../settings/number-format.ts'

const emptiable = ['maxPerHour', 'maxPerSecond', 'connections', 'messagesPerConnection'] as const

export function AccountLimits({ account: { id, weight, ...account } }: { account: OutboundAccount }) {
  const form = useForm<Record<(typeof emptiable)[number] | 'weight', number | string>>({
    initialValues: { weight, ...(Object.fromEntries(emptiable.map((name) => [name, account[name] ?? ''])) as Record<(typeof emptiable)[number], number | string>) },
  })
  const save = useAction(changeOutboundAccount, { refreshes: [getOutboundAccount, listOutboundAccounts], done: () => succeeded('Limits saved.') })
  const submit = form.onSubmit((values) => save.mutate(
    { params: { id }, body: { weight: Number(values.weight), ...Object.fromEntries(emptiable.map((name) => [name, numberOrNull(values[name])])) } },
    { onError: (error) => form.setErrors(error.byField) }))
  const number = (name: keyof typeof form.values) => ({ min: 1, allowDecimal: false, thousandSeparator: groupSeparator, ...form.getInputProps(name) })
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput label="Most in an hour" description="Over any 60 minutes. Empty: no limit of its own." placeholder="No limit" {...number('maxPerHour')} />
          <NumberInput label="Most in a second" description="Empty: as fast as the server takes them." placeholder="No limit" {...number('maxPerSecond')} />
          <NumberInput label="Connections at once" description="Of each sending program. Empty: as in Outbound Emails." placeholder="As in Outbound Emails" {...number('connections')} />
          <NumberInput label="Messages over one connection" description="Empty: as in Outbound Emails." placeholder="As in Outbound Emails" {...number('messagesPerConnection')} />
          <NumberInput label="Weight" description="Its share where several accounts carry one mass email." {...number('weight')} />
        </SimpleGrid>
        {save.error && save.error.errors.length === 0 && <ErrorNote error={save.error} />}
        <Group><Button type="submit" disabled={!form.isDirty()} loading={save.isPending} title={form.isDirty() ? undefined : 'Nothing was changed'}>Save limits</Button></Group>
      </Stack>
    </form>
  )
}
