/** Invites people: addresses, and the roles and teams that all of them get. */
import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import * as api from '../../../src/invitations/contract.ts'
import { listRecords } from '../../../src/records/contract.ts'
import type { ApiError } from '../../api/problem.ts'
import { useAction } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { LinksInput } from '../../ui/LinksInput.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { InvitationLinks } from './InvitationLinks.tsx'

export const invitePeople = () => { modals.open({ title: 'Invite people', size: 'lg', closeOnClickOutside: false, children: <InvitePeople /> }) }

/** One a line, or with commas, as they are copied from elsewhere. */
const addressesIn = (text: string) => text.split(/[\n,;]+/).map((part) => part.trim()).filter(Boolean)

/** What is wrong with single addresses stands at the one field in which they were typed. */
const faultsByField = ({ errors }: ApiError) => {
  const ofAddresses = errors.filter(({ path }) => path.startsWith('emailAddresses')).map(({ message }) => message)
  return { ...(ofAddresses.length > 0 && { addresses: ofAddresses.join(' ') }), ...Object.fromEntries(errors.filter(({ path }) => !path.startsWith('emailAddresses')).map(({ path, message }) => [path, message])) }
}

function InvitePeople() {
  const form = useForm({ initialValues: { addresses: '', roleIds: [] as string[], teamIds: [] as string[] } })
  const invite = useAction(api.invite, { refreshes: [api.listInvitations, listRecords], done: ({ items }) => {
    if (items.some(({ url }) => url !== null)) return
    modals.closeAll()
    succeeded(`${counted(items.length, 'invitation is', 'invitations are')} on the way.`)
  } })
  const { addresses, roleIds, teamIds } = form.values
  const links = (name: 'roleIds' | 'teamIds') => ({ value: form.values[name], onValue: (ids: string[]) => form.setFieldValue(name, ids), error: form.errors[name] as string | undefined })
  if (invite.data) return <Stack><InvitationLinks sent={invite.data.items} /><Group justify="flex-end"><Button onClick={() => modals.closeAll()}>Done</Button></Group></Stack>
  return (
    <form onSubmit={form.onSubmit(() => invite.mutate({ body: { emailAddresses: addressesIn(addresses), roleIds, teamIds } }, { onError: (error) => form.setErrors(faultsByField(error)) }))}>
      <Stack>
        {invite.error?.errors.length === 0 && <ErrorNote error={invite.error} />}
        <Textarea label="Email addresses" description="One a line, or with commas between. Each gets a mail with a link, which works for seven days." placeholder={'anna@shop.example\nben@shop.example'} required data-autofocus {...form.getInputProps('addresses')} />
        <LinksInput label="Roles" kind="Role" find={() => finder('roles')('')} {...links('roleIds')} />
        <LinksInput label="Teams" kind="Team" find={() => finder('teams')('')} {...links('teamIds')} />
        <Group justify="flex-end"><Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button><Button type="submit" loading={invite.isPending}>{addressesIn(addresses).length > 1 ? `Invite ${addressesIn(addresses).length} people` : 'Invite'}</Button></Group>
      </Stack>
    </form>
  )
}
