/** As whom mail is sent, and whether receivers will believe it: SPF, DKIM and DMARC of the domain, asked at once. */
import { Anchor, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { getFirstRun } from '../../../src/first-run/contract.ts'
import { listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { checkSenderDomain } from '../../../src/signing/contract.ts'
import * as api from '../../../src/settings/contract.ts'
import { useAction, useLook, useRead } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Waiting } from '../../ui/Boundary.tsx'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { RecordLine } from '../outbound/SenderIdentities.tsx'
import { changesIn } from '../settings/changes.ts'
import { type StepProps, StepPanel, useGoOn } from './StepPanel.tsx'

type Values = Pick<api.OutboundEmails, 'fromAddress' | 'fromName'>

export function SenderStep({ run }: StepProps) {
  const { fromAddress, fromName, systemSmtp } = useRead(api.getOutboundEmails)
  const { companyName } = useRead(api.getGeneral)
  const goOn = useGoOn('sender')
  const saved: Values = { fromAddress, fromName }
  const form = useForm<Values>({
    initialValues: { fromAddress: fromAddress || addressIn(systemSmtp.username), fromName: fromName || companyName },
    validate: { fromAddress: (address) => (address.trim() === '' ? 'Enter the address that readers see as the sender.' : null) },
  })
  const save = useAction(api.changeOutboundEmails, { refreshes: [api.getOutboundEmails, listOutboundAccounts, getFirstRun] })
  const isSaved = fromAddress !== '' && Object.keys(changesIn(form.values, saved)).length === 0
  const submit = form.onSubmit((values) => (isSaved ? goOn() : save.mutate({ body: changesIn(values, saved) }, { onError: (error) => form.setErrors(error.byField) })))
  return (
    <form onSubmit={submit} noValidate>
      <StepPanel step="sender" run={run} action={<Button type="submit" loading={save.isPending}>{isSaved ? 'Continue' : 'Save and check'}</Button>}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
            <TextInput label="From address" description="Of a domain that is yours, not of gmail.com or the like." type="email" placeholder="news@acme.example" {...form.getInputProps('fromAddress')} />
            <TextInput label="From name" description="What readers see before anything else." placeholder="Acme" {...form.getInputProps('fromName')} />
          </SimpleGrid>
          {save.error && save.error.errors.length === 0 && <ErrorNote error={save.error} />}
          {fromAddress !== '' && <DomainRecords domain={fromAddress.slice(fromAddress.lastIndexOf('@') + 1)} inSandbox={!systemSmtp.host} />}
        </Stack>
      </StepPanel>
    </form>
  )
}

const addressIn = (username: string) => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(username) ? username : '')

function DomainRecords({ domain, inSandbox }: { domain: string; inSandbox: boolean }) {
  const look = useLook(checkSenderDomain, { params: { domain }, body: {} })
  return (
    <Stack gap="xs" component="section" aria-label={`What DNS says of ${domain}`}>
      <Group justify="space-between"><Text fw={600} size="sm">Do receivers believe mail from {domain}?</Text><Button size="compact-sm" variant="default" loading={look.isFetching} onClick={() => { void look.refetch() }}>Check again</Button></Group>
      {look.error && <ErrorNote error={look.error} />}
      {!look.data && !look.error && <Waiting lines={3} />}
      {look.data && (
        <>
          <RecordLine title="SPF" record={look.data.spf} />
          <RecordLine title="DKIM" record={look.data.dkim} action={look.data.dkim.state === 'missing' && <Anchor component={Link} inherit underline="always" to={paths.dkimKeys()}>Make a key</Anchor>} />
          <RecordLine title="DMARC" record={look.data.dmarc} />
          <Text size="sm" c="dimmed">{inSandbox ? 'In the Sandbox nobody asks for these records: they count once real mail leaves.' : 'Large providers refuse mass email without them. Whoever keeps your domain adds them; this can be done later, mail leaves meanwhile.'}</Text>
        </>
      )}
    </Stack>
  )
}
