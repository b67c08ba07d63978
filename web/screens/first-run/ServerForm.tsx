/** The mail server of a provider: what is still to be entered, then saved and tried in one go. */
import { Button, Group, NumberInput, PasswordInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changeFirstRun, getFirstRun } from '../../../src/first-run/contract.ts'
import { type OutboundAccount, type Preset, getOutboundAccount, listOutboundAccounts, testOutboundAccount } from '../../../src/outbound/contract.ts'
import * as api from '../../../src/settings/contract.ts'
import { type Result, call, useRead, useRefresh } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { AccountTestOutcome } from '../outbound/AccountTest.tsx'
import { OauthForm } from '../outbound/OauthForm.tsx'
import { stepsOf } from '../outbound/test-steps.ts'
import { numberOrNull } from '../settings/changes.ts'
import { groupSeparator } from '../settings/number-format.ts'
import { choices } from '../settings/setting-words.ts'

type Values = Pick<api.OutboundEmails['systemSmtp'], 'port' | 'security' | 'username'> & { host: string; password: string; maxPerHour: number | string }
type Tried = { account: OutboundAccount; result: Result<typeof testOutboundAccount> }

export function ServerForm({ preset, saved }: { preset: Preset; saved: api.OutboundEmails }) {
  const refresh = useRefresh()
  const form = useForm<Values>({ initialValues: begin(preset, saved), validate: { host: (host) => (host.trim() === '' ? 'Enter the name of the server.' : null) } })
  const kept = saved.systemSmtp.passwordSet && saved.systemSmtp.host === form.values.host && saved.systemSmtp.username === form.values.username
  const save = useMutation<Tried, ApiError, Values>({
    mutationFn: saveAndTry,
    onSettled: () => refresh(api.getOutboundEmails, listOutboundAccounts, getOutboundAccount, getFirstRun),
    onError: (error) => form.setErrors(Object.fromEntries(Object.entries(error.byField).map(([path, message]) => [path.replace('systemSmtp.', ''), message]))),
  })
  return (
    <Stack>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack>
          {preset.places.length > 0 && (
            <Select label={preset.id === 'googleWorkspace' ? 'Which service' : 'Region'} allowDeselect={false} searchable={preset.places.length > 5} maw={420} data={preset.places.map(({ name, host }) => ({ value: host, label: name }))} {...form.getInputProps('host')} />
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'start' }}>
            <TextInput label="User name" autoComplete="off" {...form.getInputProps('username')} />
            <PasswordInput label="Password" autoComplete="new-password" placeholder={kept ? 'Kept; type to change it' : ''} {...form.getInputProps('password')} />
            <TextInput label="Host" placeholder="smtp.acme.example" {...form.getInputProps('host')} />
            <NumberInput label="Port" min={1} max={65_535} allowDecimal={false} {...form.getInputProps('port')} />
            <Select label="Security" allowDeselect={false} data={choices['outboundEmails.systemSmtp.security']!} {...form.getInputProps('security')} />
            <NumberInput label="Most mass emails in an hour" placeholder="No limit" min={1} allowDecimal={false} thousandSeparator={groupSeparator} {...form.getInputProps('maxPerHour')} />
          </SimpleGrid>
          <Text size="sm" c="dimmed">{preset.maxPerHour ? `${preset.maxPerHour} an hour is a careful beginning with ${preset.name}.` : 'Begin low with a new server, so that receivers get to know it.'} An empty number means no limit.</Text>
          {save.error && <ErrorNote error={save.error} />}
          <Group><Button type="submit" variant={save.data?.result.ok ? 'default' : 'filled'} loading={save.isPending}>Save and test</Button></Group>
        </Stack>
      </form>
      {save.data && !save.isPending && <AccountTestOutcome result={save.data.result} steps={stepsOf(save.data.result, save.data.account, false)} />}
      {preset.oauth2 && <ByOauth host={form.values.host} />}
    </Stack>
  )
}

/** What is saved, where it is of this provider; else the provider's own values. */
function begin(preset: Preset, { systemSmtp: { host, port, security, username }, maxPerHour }: api.OutboundEmails): Values {
  const ofPreset = host !== null && (preset.host === '' || host === preset.host || preset.places.some((place) => place.host === host))
  if (ofPreset) return { host, port, security, username, password: '', maxPerHour: maxPerHour ?? '' }
  return { host: preset.host, port: preset.port, security: preset.security, username: preset.id === 'sendGrid' ? 'apikey' : '', password: '', maxPerHour: preset.maxPerHour ?? maxPerHour ?? '' }
}

/** Only what is saved can be tried. How it went is kept, so that a server that refuses us does not look as if it were set up. */
async function saveAndTry({ host, port, security, username, password, maxPerHour }: Values): Promise<Tried> {
  await call(api.changeOutboundEmails, { body: { systemSmtp: { host: host.trim(), port, security, username, ...(password && { password }) }, maxPerHour: numberOrNull(maxPerHour) } })
  const account = (await call(listOutboundAccounts)).items.find(({ kind }) => kind === 'system') as OutboundAccount
  const result = await call(testOutboundAccount, { params: { id: account.id }, body: {} })
  await call(changeFirstRun, { body: { serverTest: result.ok ? 'passed' : 'failed', skipped: { server: false } } })
  return { account, result }
}

/** Where the provider wants it, or passwords are switched off. */
function ByOauth({ host }: { host: string }) {
  const [open, setOpen] = useState(false)
  return open
    ? <Boundary><OauthOf host={host} /></Boundary>
    : <Group><Button variant="subtle" px={8} ml={-8} onClick={() => setOpen(true)}>Sign in by OAuth 2.0 instead</Button></Group>
}

/** A token is for one user of one server: both have to be saved first. */
function OauthOf({ host }: { host: string }) {
  const account = useRead(listOutboundAccounts).items.find(({ kind }) => kind === 'system') as OutboundAccount | undefined
  if (!account || account.host !== host) return <Text size="sm">Enter the user name, leave the password empty, and press <i>Save and test</i> once: what is asked here then belongs to that server.</Text>
  return <OauthForm account={account} />
}
