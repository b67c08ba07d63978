/** One form for list, template, campaign and the draft of a mass email, each made as its own screen makes it. */
import { Anchor, Button, Group, Radio, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'react-router'
import { addMembers, createTargetList, listTargetLists } from '../../../src/audience/contract.ts'
import { createCampaign, createMassEmail, listCampaigns, listMassEmails } from '../../../src/campaign/contract.ts'
import { createEmailTemplate, listEmailTemplates } from '../../../src/content/contract.ts'
import { countRecords } from '../../../src/records/contract.ts'
import { getGeneral } from '../../../src/settings/contract.ts'
import { call, useLook, useRead, useRefresh } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import { followIfTask } from '../../api/task.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { StarterPicture } from '../templates/StarterPicture.tsx'
import { type Starter, starters } from '../templates/starters/starters.ts'
import classes from './FirstRun.module.css'

type Values = { name: string; list: string; starter: string; subject: string }

/** Choosing this makes a list of all contacts. */
const everybody = 'everybody'
const offered = starters.filter(({ key }) => key !== 'empty' && key !== 'invitation')

export function FirstCampaignForm() {
  const lists = useRead(listTargetLists, { query: { sort: '-createdAt', limit: 50 } }).items
  const counts = [useCount('contacts'), useCount('leads')]
  const { companyName } = useRead(getGeneral)
  const refresh = useRefresh()
  const people = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const options = [...(people > 0 ? [{ value: everybody, label: `A new list of everybody (${people.toLocaleString()})` }] : []), ...lists.map(({ id, name, members }) => ({ value: id!, label: `${name} (${members!.toLocaleString()})` }))]
  const form = useForm<Values>({
    initialValues: { name: companyName ? `First news from ${companyName}` : 'First campaign', list: '', starter: offered[0]!.key, subject: offered[0]!.subject },
    validate: { name: (name) => (name.trim() === '' ? 'Give the campaign a name.' : null), subject: (subject) => (subject.trim() === '' ? 'Nobody opens a mail without a subject.' : null) },
  })
  const make = useMutation<void, ApiError, Values>({
    mutationFn: (values) => makeDraft({ ...values, list: values.list || options[0]!.value }, companyName), onSettled: () => refresh(listTargetLists, listEmailTemplates, listCampaigns, listMassEmails),
  })
  if (counts.includes(null)) return <Waiting />
  if (options.length === 0) return <Text size="sm">There is nobody to write to yet. <Anchor component={Link} inherit underline="always" to={paths.firstRun('contacts')}>Bring in your contacts</Anchor>, or add yourself, and come back.</Text>
  const choose = (key: string) => form.setValues({ starter: key, ...(offered.some(({ subject }) => subject === form.values.subject) && { subject: starterOf(key).subject }) })
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'start' }}>
          <TextInput label="Name of the campaign" description="Only you and your colleagues see it." {...form.getInputProps('name')} />
          <Select label="Who gets it" description="A target list can be changed at any time." allowDeselect={false} data={options} {...form.getInputProps('list')} value={form.values.list || options[0]!.value} />
        </SimpleGrid>
        <Radio.Group label="Begin the letter with" labelProps={{ mb: 8 }} value={form.values.starter} onChange={choose}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">{offered.map((starter) => <StarterCard key={starter.key} starter={starter} />)}</SimpleGrid>
        </Radio.Group>
        <TextInput label="Subject" description="What stands in the inbox." {...form.getInputProps('subject')} />
        {make.error && <ErrorNote error={make.error} />}
        <Group justify="flex-end"><Button type="submit" loading={make.isPending}>Make the draft</Button></Group>
      </Stack>
    </form>
  )
}

/** Null while it is not known; none of a type that one may not see. */
function useCount(slug: string): number | null {
  const { data, error } = useLook(countRecords, { params: { slug } })
  return error ? 0 : data?.total ?? null
}

const StarterCard = ({ starter }: { starter: Starter }) => (
  <Radio.Card value={starter.key} className={classes['card']}>
    <div className={classes['picture']}><StarterPicture starter={starter} /></div>
    <Group wrap="nowrap" align="flex-start" gap="sm" mt="sm"><Radio.Indicator mt={2} /><div><Text fw={600} size="sm">{starter.name}</Text><Text size="sm" c="dimmed">{starter.about}</Text></div></Group>
  </Radio.Card>
)

const starterOf = (key: string): Starter => offered.find((starter) => starter.key === key)!

/** What was made before a failure stays and is offered when it is tried again. */
async function makeDraft({ name, list, starter, subject }: Values, companyName: string): Promise<void> {
  const listId = list === everybody ? await listOfEverybody() : list
  const { format, body } = starterOf(starter)
  const template = await call(createEmailTemplate, { body: { name, subject, format, body: companyName ? body.replaceAll('Your company', () => asHtml(companyName)) : body } })
  const campaign = await call(createCampaign, { body: { name, type: 'newsletter', status: 'active', targetListIds: [listId] } })
  await call(createMassEmail, { body: { campaignId: campaign.id, name, emailTemplateId: template.id } })
}

async function listOfEverybody(): Promise<string> {
  const { id } = await call(createTargetList, { body: { name: 'Everybody' } })
  for (const entityType of ['Contact', 'Lead']) followIfTask(await call(addMembers, { params: { id }, body: { entityType, filter: { and: [] } } }))
  return id
}

const asHtml = (text: string) => Object.assign(document.createElement('p'), { textContent: text }).innerHTML
