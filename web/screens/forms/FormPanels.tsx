/** The parts of a subscription form's editor: words, lists, what is asked, the confirmation mail, and what comes after. */
import { Code, NumberInput, Select, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listEmailTemplates } from '../../../src/content/contract.ts'
import { useLook } from '../../api/client.ts'
import { finder, nameOfOne } from '../../api/find.ts'
import { Panel } from '../../ui/Panel.tsx'
import { RecordPicker } from '../../ui/RecordPicker.tsx'
import { TargetListsInput } from '../target-lists/TargetListsInput.tsx'
import { AskedFields } from './AskedFields.tsx'
import type { EditedForm, FormValues } from './form-values.ts'
import { languageWords } from './form-words.ts'

type PanelOf = { form: EditedForm }

const languageChoices = Object.entries(languageWords).map(([value, label]) => ({ value: value || 'visitor', label }))

export function WordsPanel({ form }: PanelOf) {
  return (
    <Panel title="Page">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <TextInput label="Title" description="Empty: the name." {...form.getInputProps('title')} />
        </SimpleGrid>
        <Textarea label="Introduction" description="What visitors will get, and how often." autosize minRows={2} {...form.getInputProps('intro')} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select label="Language" description="Choose the one that your texts are written in." data={languageChoices} allowDeselect={false}
            value={form.values.language || 'visitor'} onChange={(value) => form.setFieldValue('language', (value === 'visitor' ? '' : value) as FormValues['language'])} />
          <Switch label="Active" description="Switched off, nobody new can subscribe; links in mails still confirm." mt="lg" {...form.getInputProps('active', { type: 'checkbox' })} />
        </SimpleGrid>
      </Stack>
    </Panel>
  )
}

export function ListsPanel({ form }: PanelOf) {
  return (
    <Panel title="Target lists">
      <Stack>
        <TargetListsInput label="Everybody joins" {...form.getInputProps('targetListIds')} />
        <TargetListsInput label="Visitors choose among" description="Lists that are public topics. Without a list above at least one must be chosen." {...form.getInputProps('topicIds')} />
        <LeadUser form={form} />
      </Stack>
    </Panel>
  )
}

/** New leads are his; without one only people who may read all leads see them. */
function LeadUser({ form }: PanelOf) {
  const { leadUserId } = form.values
  const { data: name = '…' } = useQuery({ queryKey: ['name of user', leadUserId], queryFn: () => nameOfOne('users', leadUserId!), enabled: leadUserId !== null })
  return (
    <RecordPicker label="New leads are assigned to" kind="users" find={finder('users')} value={leadUserId ? { id: leadUserId, name } : null}
      onPick={(pick) => form.setFieldValue('leadUserId', pick?.id ?? null)} placeholder="Nobody" error={form.errors['leadUserId']} />
  )
}

export function AskPanel({ form, textVersion }: PanelOf & { textVersion: number }) {
  const version = textVersion > 0 ? ` This is version ${textVersion}; another text becomes a new one, and every proof names the one that was read.` : ''
  return (
    <Panel title="What is asked" about="The email address always is. Ask for little: each field costs subscriptions.">
      <Stack>
        <AskedFields fields={form.values.fields} onChange={(fields) => form.setFieldValue('fields', fields)} error={form.errors['fields']} />
        <Textarea label="Consent" description={`Visitors must tick it. Empty: nothing to tick.${version}`} placeholder="I agree that Acme writes to me about its offers, at most once a week. I can withdraw at any time."
          autosize minRows={2} {...form.getInputProps('consentText')} />
      </Stack>
    </Panel>
  )
}

export function ConfirmationPanel({ form }: PanelOf) {
  const { doubleOptIn, emailTemplateId } = form.values
  return (
    <Panel title="Confirmation">
      <Stack>
        <Switch label="Double opt-in" description="A mail asks whether the address really wants it. Without it nobody who opted out can come back, and anybody can subscribe anybody."
          {...form.getInputProps('doubleOptIn', { type: 'checkbox' })} />
        {doubleOptIn && (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <NumberInput label="The link works for" suffix=" hours" min={1} max={720} allowDecimal={false} {...form.getInputProps('lifetimeHours')} />
              <TemplateSelect form={form} />
            </SimpleGrid>
            {emailTemplateId === null && (
              <>
                <TextInput label="Subject of the mail" description="Empty: a good one in the visitor’s language." {...form.getInputProps('mailSubject')} />
                <Textarea label="Text of the mail" description={<>Empty: a good one in the visitor’s language. <Code>{'{confirmUrl}'}</Code> becomes the link; <Code>{'{companyName}'}</Code> and <Code>{'{companyAddress}'}</Code> are filled in.</>}
                  autosize minRows={3} {...form.getInputProps('mailBody')} />
              </>
            )}
            {emailTemplateId !== null && <Text size="sm" c="dimmed">The template needs <Code>{'{confirmUrl}'}</Code> where the link shall stand.</Text>}
          </>
        )}
      </Stack>
    </Panel>
  )
}

function TemplateSelect({ form }: PanelOf) {
  const templates = useLook(listEmailTemplates, { query: { fields: 'name', sort: 'name', limit: 200 } })
  const data = (templates.data?.items ?? []).map(({ id, name }) => ({ value: id!, label: name! }))
  return <Select label="Email template" placeholder="None: the texts below" data={data} clearable searchable {...form.getInputProps('emailTemplateId')} />
}

export function AfterPanel({ form }: PanelOf) {
  return (
    <Panel title="Afterwards">
      <Stack>
        <Textarea label="Thank-you text" description="Empty: a good one in the visitor’s language." autosize minRows={2} {...form.getInputProps('successMessage')} />
        <TextInput label="Or a page of yours" description="Whoever has confirmed is led there instead." placeholder="https://www.acme.example/thanks" type="url" {...form.getInputProps('successUrl')} />
      </Stack>
    </Panel>
  )
}
