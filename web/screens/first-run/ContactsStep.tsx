/** The people to write to: from a file by the import, or the administrator himself to begin with. */
import { Anchor, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconFileImport } from '@tabler/icons-react'
import { Link } from 'react-router'
import { getFirstRun } from '../../../src/first-run/contract.ts'
import { countRecords, createRecord } from '../../../src/records/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { counted } from '../../ui/words.ts'
import { type StepProps, StepPanel } from './StepPanel.tsx'
import { fromFirstRun } from './way-back.ts'

const contacts = { params: { slug: 'contacts' } }

export function ContactsStep({ run }: StepProps) {
  const { total } = useRead(countRecords, contacts)
  return (
    <StepPanel step="contacts" run={run} about="Everybody you write to is a record with an address. Write only to people who agreed to it.">
      <Stack gap="lg">
        {total > 0 && <Text size="sm">There {total === 1 ? 'is' : 'are'} <Anchor component={Link} inherit underline="always" to={paths.records('contacts')}>{counted(total, 'contact')}</Anchor>.</Text>}
        <div>
          <Text fw={600} size="sm">From a file</Text>
          <Text size="sm" c="dimmed" mb="xs">CSV or a spreadsheet (XLSX). Columns are found by themselves; a dry run shows what would happen.</Text>
          <Button component={Link} to={paths.import({ entityType: 'Contact', from: fromFirstRun })} variant={total > 0 ? 'default' : 'filled'} leftSection={<IconFileImport size={16} aria-hidden />}>Import a file</Button>
        </div>
        <Myself />
      </Stack>
    </StepPanel>
  )
}

function Myself() {
  const { emailAddress, name } = useMe()
  const [first = '', ...rest] = name.includes('@') ? [] : name.split(' ')
  const form = useForm({ initialValues: { firstName: first, lastName: rest.join(' '), emailAddress } })
  const add = useAction(createRecord, { refreshes: [countRecords, getFirstRun], done: () => form.reset() })
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate({ ...contacts, body: values }, { onError: (error) => form.setErrors(error.byField) }))}>
      <Text fw={600} size="sm">Or begin with yourself</Text>
      <Text size="sm" c="dimmed" mb="xs">You get the first campaign, and see it as your readers will.</Text>
      <SimpleGrid cols={{ base: 1, sm: 3 }} mb="sm">
        <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('firstName')} />
        <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('lastName')} />
        <TextInput label="Email address" type="email" required {...form.getInputProps('emailAddress')} />
      </SimpleGrid>
      {add.error && add.error.errors.length === 0 && <ErrorNote error={add.error} />}
      <Group><Button type="submit" variant="default" loading={add.isPending}>Add me as a contact</Button></Group>
    </form>
  )
}
