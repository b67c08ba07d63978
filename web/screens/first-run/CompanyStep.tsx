/** Who writes, and where this installation is found: the settings that every mail carries. */
import { Alert, Button, Select, SimpleGrid, Stack, TextInput, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { checkDeliveryHealth, type DeliveryHealth } from '../../../src/health/contract.ts'
import { getFirstRun } from '../../../src/first-run/contract.ts'
import * as api from '../../../src/settings/contract.ts'
import { call, useRead, useRefresh } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { changesIn } from '../settings/changes.ts'
import { ownTimeZone, timeZones } from '../settings/time-zones.ts'
import { type StepProps, StepPanel, useGoOn } from './StepPanel.tsx'

type Values = Pick<api.General, 'companyName' | 'postalAddress' | 'siteUrl' | 'timeZone'>
type Check = DeliveryHealth['checks'][number]

export function CompanyStep({ run }: StepProps) {
  const saved = useRead(api.getGeneral)
  const refresh = useRefresh()
  const goOn = useGoOn('company')
  const form = useForm<Values>({ initialValues: guessed(saved), validate: { companyName: needed('Enter the name of your company, or your own.'), postalAddress: needed('Enter where a letter reaches you.') } })
  const save = useMutation<Check | undefined, ApiError, Values>({
    mutationFn: (values) => saveAndCheck(values, saved),
    onSuccess: async (found) => { await refresh(api.getGeneral, getFirstRun); if (found?.level !== 'error') goOn() },
    onError: (error) => form.setErrors(error.byField),
  })
  const lost = save.data?.level === 'error' ? save.data : null
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <StepPanel step="company" run={run} action={<Button type="submit" loading={save.isPending}>Save and continue</Button>}>
        <Stack>
          <TextInput label="Company name" description="Stands at the foot of every mass email." autoComplete="organization" {...form.getInputProps('companyName')} />
          <Textarea label="Postal address" description="Beside the name. The law asks for it in most countries." minRows={2} autosize autoComplete="street-address" {...form.getInputProps('postalAddress')} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'start' }}>
            <Select label="Time zone" description="Taken from your browser. Decides what “today” means." searchable data={timeZones()} {...form.getInputProps('timeZone')} />
            <TextInput label="Site URL" description="Where people open this installation. It is checked." type="url" {...form.getInputProps('siteUrl')} />
          </SimpleGrid>
          {lost && <Alert role="alert" color="red" title={lost.message}>{lost.advice} What you entered is saved: correct the address, or come back to it later. <Button size="compact-sm" variant="light" color="red" mt="xs" display="block" onClick={goOn}>Continue all the same</Button></Alert>}
          {save.error && save.error.errors.length === 0 && <ErrorNote error={save.error} />}
        </Stack>
      </StepPanel>
    </form>
  )
}

const needed = (sentence: string) => (value: string) => (value.trim() === '' ? sentence : null)

/** What a fresh installation cannot know, the browser mostly does. */
function guessed({ companyName, postalAddress, siteUrl, timeZone }: api.General): Values {
  const isLocal = (url: string) => /^https?:\/\/(localhost|127\.)/.test(url)
  return { companyName, postalAddress, timeZone: timeZone === 'UTC' ? ownTimeZone() : timeZone, siteUrl: isLocal(siteUrl) && !isLocal(location.origin) ? location.origin : siteUrl }
}

async function saveAndCheck(values: Values, saved: api.General): Promise<Check | undefined> {
  const { companyName, postalAddress, siteUrl, timeZone } = saved
  const body = changesIn<Values>(values, { companyName, postalAddress, siteUrl, timeZone })
  if (Object.keys(body).length > 0) await call(api.changeGeneral, { body })
  const { checks } = await call(checkDeliveryHealth, { body: { code: 'siteUrl' } })
  return checks.find(({ code }) => code === 'siteUrl')
}
