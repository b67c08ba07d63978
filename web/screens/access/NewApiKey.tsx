/** The dialog that makes an API key: whose, for what, until when; the key itself is shown once. */
import { Alert, Button, Code, Group, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import * as api from '../../../src/access/contract.ts'
import { useAction } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { useMe } from '../../api/session.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { type Pick, RecordPicker } from '../../ui/RecordPicker.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { areaWords, reachesOf, type Reaches, reachWords, scopesInWords, scopesOf, templates } from './scope-words.ts'
import classes from './NewApiKey.module.css'

const lifetimes = [{ value: '', label: 'For ever' }, { value: '30', label: 'For 30 days' }, { value: '90', label: 'For 90 days' }, { value: '365', label: 'For a year' }]
const endOf = (days: string) => (days === '' ? null : new Date(Date.now() + Number(days) * 24 * 3600_000).toISOString())

export function NewApiKey({ onDone }: { onDone: () => void }) {
  const me = useMe()
  const [user, setUser] = useState<Pick | null>({ id: me.id, name: me.name })
  const [scopes, setScopes] = useState<api.Scope[]>(templates[0]!.scopes)
  const form = useForm({ initialValues: { name: '', days: '' } })
  const create = useAction(api.createApiKey, { refreshes: [api.listApiKeys] })
  if (create.data) return <MadeKey made={create.data} onDone={onDone} />
  const submit = form.onSubmit(({ name, days }) =>
    create.mutate({ body: { name, userId: user!.id, scopes, expiresAt: endOf(days) } }, { onError: (error) => form.setErrors(error.byField) }))
  const reason = !user ? 'Choose whose rights it carries.' : scopes.length === 0 ? 'Choose at least one part that it may read.' : undefined
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {create.error && <ErrorNote error={create.error} />}
        <TextInput label="Name" description="What the key is for, so that you know later." placeholder="Webshop" required data-autofocus {...form.getInputProps('name')} />
        <RecordPicker label="Acts as" description="It never reaches further than this user may." kind="users" find={finder('users')} value={user} onPick={setUser} required />
        <Scopes onScopes={setScopes} />
        <Select label="Good" data={lifetimes} allowDeselect={false} {...form.getInputProps('days')} />
        <Group justify="flex-end"><ReasonButton reason={reason} type="submit" onClick={() => {}} loading={create.isPending}>Make key</ReasonButton></Group>
      </Stack>
    </form>
  )
}

/** A template, or part by part. */
function Scopes({ onScopes }: { onScopes: (scopes: api.Scope[]) => void }) {
  const [chosen, setChosen] = useState(templates[0]!.value)
  const [reaches, setReaches] = useState<Reaches>(reachesOf(['all:read']))
  const choose = (value: string) => {
    const template = templates.find((each) => each.value === value)
    setChosen(value)
    if (template) setReaches(reachesOf(template.scopes))
    onScopes(template?.scopes ?? scopesOf(reaches))
  }
  const change = (changed: Reaches) => { setReaches(changed); onScopes(scopesOf(changed)) }
  return (
    <>
      <Radio.Group label="May be used for" value={chosen} onChange={choose}>
        <Stack gap={6} mt={6}>
          {templates.map(({ value, label, about }) => <Radio key={value} value={value} label={label} description={about} />)}
          <Radio value="own" label="Part by part" description="Beginning with what was chosen last." />
        </Stack>
      </Radio.Group>
      {chosen === 'own' && <Areas reaches={reaches} onReaches={change} />}
    </>
  )
}

const Areas = ({ reaches, onReaches }: { reaches: Reaches; onReaches: (reaches: Reaches) => void }) => (
  <div className={classes['areas']}>
    {api.areas.map((area) => (
      <div key={area} className={classes['area']}>
        <div><Text size="sm" fw={500}>{areaWords[area].label}</Text><Text size="xs" c="dimmed">{areaWords[area].about}</Text></div>
        <SegmentedControl size="xs" aria-label={areaWords[area].label} data={reachWords} value={reaches[area]} onChange={(reach) => onReaches({ ...reaches, [area]: reach as Reaches[typeof area] })} />
      </div>
    ))}
  </div>
)

function MadeKey({ made, onDone }: { made: { key: string; scopes: api.Scope[]; userName: string }; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="lamp" title="Copy it now">It is shown this once. Tidings keeps only a fingerprint of it.</Alert>
      <Code block className={classes['key']}>{made.key}</Code>
      <Text size="sm">Acts as {made.userName}. {scopesInWords(made.scopes)}.</Text>
      <Text size="sm" c="dimmed">Send it with each request: <Code>Authorization: Bearer KEY</Code></Text>
      <Group justify="flex-end"><CopyButton value={made.key} what="key" wide /><Button onClick={onDone}>Done</Button></Group>
    </Stack>
  )
}
