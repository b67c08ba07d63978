/** Administration > Roles: one role, new or there already: its permissions, and how far its users reach. */
import { Button, Checkbox, Grid, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { useAction, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { permissionWords } from './right-words.ts'
import { RightsGrid } from './RightsGrid.tsx'
import { RolePreview } from './RolePreview.tsx'
import classes from './RoleScreen.module.css'

const back = { to: paths.roles(), title: 'Roles' }
const refreshes = [api.listRoles, api.readRole]

type Values = Pick<api.Role, 'name' | 'description' | 'types' | 'otherTypes' | 'permissions' | 'sendNeedsApproval'>
const valuesOf = ({ name, description, types, otherTypes, permissions, sendNeedsApproval }: Values): Values => ({ name, description, types, otherTypes, permissions, sendNeedsApproval })
/** Somebody who works with what is his and his team's: the case that most roles begin with. */
const beginning: Values = { name: '', description: '', types: {}, otherTypes: { create: true, read: 'team', edit: 'own', delete: 'own' }, permissions: [], sendNeedsApproval: false }

export function NewRoleScreen() {
  const navigate = useNavigate()
  const form = useForm<Values>({ initialValues: beginning })
  const create = useAction(api.createRole, { refreshes, done: ({ id }) => { form.resetDirty(); succeeded('The role is created. Give it to users under Users.'); void navigate(paths.role(id)) } })
  const submit = form.onSubmit((body) => create.mutate({ body }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <Page title="New role" back={back} about="What its users may do. Somebody with several roles may do what any of them allows.">
      <form onSubmit={submit} noValidate>
        <Fields form={form}><ErrorNote error={create.error} /><Button type="submit" loading={create.isPending} w="fit-content">Create role</Button></Fields>
      </form>
    </Page>
  )
}

export function RoleScreen() {
  const role = useRead(api.readRole, { params: { id: useParams()['id']! } })
  return <Page title={role.name} back={back} about={usersInWords(role.users)} action={<Remove role={role} />}><Role role={role} /></Page>
}

const usersInWords = (users: number) => (users === 0 ? 'Nobody has this role.' : `${users === 1 ? 'One user has' : `${users} users have`} this role. A change counts from their next click on.`)

function Role({ role }: { role: api.Role }) {
  const form = useForm<Values>({ initialValues: valuesOf(role) })
  const save = useAction(api.changeRole, {
    refreshes, done: (result) => { form.setInitialValues(valuesOf(result)); form.setValues(valuesOf(result)); succeeded('Saved.') },
  })
  useUnsavedWarning(form.isDirty())
  const submit = form.onSubmit((body) => save.mutate({ params: { id: role.id }, body }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <form onSubmit={submit} noValidate>
      <Fields form={form}><ErrorNote error={save.error} /></Fields>
      <SaveBar dirty={form.isDirty()} saving={save.isPending} onDiscard={form.reset} />
    </form>
  )
}

/** Beside the editor what comes of it; on a phone below. */
function Fields({ form, children }: { form: ReturnType<typeof useForm<Values>>; children: ReactNode }) {
  const { types, otherTypes } = form.values
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack>
          <Panel title="Role">
            <Stack>
              <TextInput label="Name" placeholder="Sales" required {...form.getInputProps('name')} />
              <Textarea label="Description" autosize {...form.getInputProps('description')} />
            </Stack>
          </Panel>
          <Panel title="Permissions">
            <Checkbox.Group aria-label="Permissions" {...form.getInputProps('permissions')}>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>{permissionWords.map((permission) => <Checkbox key={permission.value} {...permission} />)}</SimpleGrid>
            </Checkbox.Group>
            {form.values.permissions.includes('send') && (
              <Switch mt="md" label="Send needs approval" description="Somebody else who may send without it has to approve each mass email. With several roles, one that needs none is enough."
                {...form.getInputProps('sendNeedsApproval', { type: 'checkbox' })} />
            )}
          </Panel>
          <Panel title="Reach" about="Own is what is assigned to them, or made by them and assigned to nobody. Team's is also what has one of their teams.">
            <RightsGrid value={{ types, otherTypes }} onChange={(grid) => form.setValues(grid)} />
          </Panel>
          {children}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}><div className={classes['beside']}><RolePreview rights={form.values} /></div></Grid.Col>
    </Grid>
  )
}

function Remove({ role }: { role: api.Role }) {
  const navigate = useNavigate()
  const remove = useAction(api.removeRole, { refreshes: [api.listRoles], done: () => { succeeded('The role is deleted.'); void navigate(paths.roles()) } })
  const ask = async () => {
    const body = role.users === 0 ? 'Nobody has it.' : `${role.users === 1 ? 'One user loses' : `${role.users} users lose`} what only this role allows, at once.`
    if (await confirm({ title: `Delete “${role.name}”?`, body, confirm: 'Delete', danger: true })) remove.mutate({ params: { id: role.id } }, { onError: failed })
  }
  return <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => { void ask() }}>Delete</Button>
}
