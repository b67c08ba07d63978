/** A campaign's own fields, for a new one and for changing one. */
import { Button, Group, Select, SimpleGrid, Stack, Switch, TextInput, Textarea } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useForm } from '@mantine/form'
import { useEffect, type ReactNode } from 'react'
import type { ApiError } from '../../api/problem.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { inWords } from '../../ui/words.ts'
import { TargetListsInput } from '../target-lists/TargetListsInput.tsx'
import { type CampaignValues, campaignStatuses, campaignTypes, typeHints } from './campaign-values.ts'

type CampaignFormProps = {
  first: CampaignValues
  submit: string
  busy: boolean
  error: ApiError | null
  /** The type is fixed once there is a mass email; then this says so. */
  typeFixed?: string | undefined
  onSubmit: (values: CampaignValues) => void
  cancel?: ReactNode
}

const optionsOf = (codes: readonly string[]) => codes.map((code) => ({ value: code, label: inWords(code) }))

export function CampaignForm({ first, submit, busy, error, typeFixed, onSubmit, cancel }: CampaignFormProps) {
  const form = useForm({ initialValues: first, validate: { name: (name) => (name.trim() ? null : 'A campaign needs a name.') } })
  const { setErrors } = form
  useEffect(() => { if (error) setErrors(error.byField) }, [error, setErrors])
  return (
    <form onSubmit={form.onSubmit(onSubmit)} noValidate>
      <Stack gap="md">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select label="Type" data={optionsOf(campaignTypes)} disabled={Boolean(typeFixed)} description={typeFixed ?? typeHints[form.values.type]} {...form.getInputProps('type')} />
          <Select label="Status" data={optionsOf(campaignStatuses)} description="Only the mass emails of an active campaign go out." {...form.getInputProps('status')} />
        </SimpleGrid>
        <TargetListsInput label="Target lists" description="Who its mass emails go to." placeholder="Choose lists" {...form.getInputProps('targetListIds')} />
        <TargetListsInput label="Excluding target lists" description="Nobody with an address of a member of these gets anything." placeholder="None" {...form.getInputProps('excludingTargetListIds')} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DateInput label="From" clearable valueFormat="YYYY-MM-DD" {...form.getInputProps('startDate')} />
          <DateInput label="To" clearable valueFormat="YYYY-MM-DD" {...form.getInputProps('endDate')} />
        </SimpleGrid>
        <Switch label="Track every link" description="All links of its mails are counted, not only the tracking URLs you insert." {...form.getInputProps('trackAllLinks', { type: 'checkbox' })} />
        <Textarea label="Description" {...form.getInputProps('description')} />
        <ErrorNote error={error} />
        <Group justify="flex-end">{cancel}<Button type="submit" loading={busy}>{submit}</Button></Group>
      </Stack>
    </form>
  )
}
