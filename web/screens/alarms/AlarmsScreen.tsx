/** Administration > Alarms: who is told when Delivery Health finds trouble that lasts, and what was told. */
import { Anchor, Button, Group, NumberInput, SegmentedControl, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconBellRinging, IconSend } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/alarms/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { checkTitle } from '../health/levels.ts'

export function AlarmsScreen() {
  const alarms = useRead(api.getAlarms, {}, { every: 10_000 })
  return (
    <Page title="Alarms" width="narrow" back={{ to: paths.administration(), title: 'Administration' }} action={<TestButton alarms={alarms} />}
      about="Delivery Health is watched for you: who is told, by mail or webhook, when a check finds trouble that lasts, and when it is over.">
      <Stack>
        <Panel title="Who is told, and of what"><AlarmForm key={alarms.version} alarms={alarms} /></Panel>
        <Panel title="Alarms that are not over"><Open open={alarms.open} /></Panel>
      </Stack>
    </Page>
  )
}

type Values = Pick<api.Alarms, 'emailAddresses' | 'level' | 'afterMinutes' | 'repeatDaily'>

function AlarmForm({ alarms: { emailAddresses, level, afterMinutes, repeatDaily, webhooks } }: { alarms: api.Alarms }) {
  const form = useForm<Values>({ initialValues: { emailAddresses, level, afterMinutes, repeatDaily } })
  const save = useAction(api.changeAlarms, { refreshes: [api.getAlarms], done: () => succeeded('Saved.') })
  const submit = form.onSubmit((body) => save.mutate({ body }))
  const addressFaults = save.error?.errors.filter(({ path }) => path.startsWith('emailAddresses')).map(({ path, message }) => `${form.values.emailAddresses[Number(path.split('.')[1])] ?? ''}: ${message}`).join(' ')
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.error?.errors.length === 0 && <ErrorNote error={save.error} />}
        <TagsInput label="Email addresses" description="Type an address and press Enter. Without one nobody is mailed." placeholder={form.values.emailAddresses.length === 0 ? 'ops@your-company.example' : ''} {...form.getInputProps('emailAddresses')} error={addressFaults || undefined} acceptValueOnBlur />
        <Text size="sm">{webhooks === 0 ? 'No webhook is told.' : `${counted(webhooks, 'webhook is', 'webhooks are')} told.`} <Anchor component={Link} to={paths.webhooks()} size="sm" underline="always">Webhooks</Anchor></Text>
        <div>
          <Text size="sm" fw={600} mb={4}>Told when a check becomes</Text>
          <SegmentedControl aria-label="Told when a check becomes" data={[{ value: 'error', label: 'An error' }, { value: 'warning', label: 'A warning or an error' }]} {...form.getInputProps('level')} />
        </div>
        <NumberInput label="And stays so for" suffix=" minutes" min={0} max={1440} maw={320} description="Trouble that passes sooner is not told." {...form.getInputProps('afterMinutes')} error={save.error?.byField['afterMinutes']} />
        <Switch label="Tell again each day while it lasts" {...form.getInputProps('repeatDaily', { type: 'checkbox' })} />
        <Text size="sm" c="dimmed">Alarms do not depend on the scheduler. A mail leaves by any outbound account that works; a process with the role worker has to be alive.</Text>
        <Group justify="flex-end"><ReasonButton type="submit" loading={save.isPending} reason={form.isDirty() ? undefined : 'Nothing was changed.'} onClick={() => {}}>Save</ReasonButton></Group>
      </Stack>
    </form>
  )
}

function TestButton({ alarms: { emailAddresses, webhooks } }: { alarms: api.Alarms }) {
  const test = useAction(api.testAlarms, { done: ({ mails, webhooks: posts }) => succeeded(`On its way: ${counted(mails, 'mail')}, ${counted(posts, 'webhook')}.`) })
  const reason = emailAddresses.length + webhooks === 0 ? 'Nobody would hear of it: save an address, or add a webhook.' : undefined
  return <ReasonButton variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={test.isPending} reason={reason} onClick={() => test.mutate({ body: {} }, { onError: failed })}>Send a test alarm</ReasonButton>
}

function Open({ open }: { open: api.Alarms['open'] }) {
  if (open.length === 0) return <Empty icon={IconBellRinging} action={<Button component={Link} variant="default" to={paths.deliveryHealth()}>Open Delivery Health</Button>}>No alarm is open. What was told of and lasts stands here.</Empty>
  return (
    <Stack gap="sm">
      {open.map(({ code, level, message, toldAt }) => (
        <div key={code}>
          <Group gap="xs"><Text fw={600} size="sm">{checkTitle(code)}</Text><StatusBadge status={level} size="sm" /><Text size="xs" c="dimmed">told <TimeAgo at={toldAt} /></Text></Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{message}</Text>
        </div>
      ))}
      <Anchor component={Link} to={paths.deliveryHealth()} size="sm">What to do stands in Delivery Health</Anchor>
    </Stack>
  )
}
