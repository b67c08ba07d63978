/** A new DKIM key: for which domain, of which kind. Then its record is shown. */
import { Button, Group, Radio, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { useNavigate } from 'react-router'
import { getOutboundEmails } from '../../../src/settings/contract.ts'
import * as api from '../../../src/signing/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

export function NewKeyForm() {
  const navigate = useNavigate()
  const { fromAddress = '' } = useLook(getOutboundEmails).data ?? {}
  const form = useForm<{ domain: string; algorithm: 'rsa' | 'ed25519' }>({ initialValues: { domain: '', algorithm: 'rsa' } })
  const create = useAction(api.createDkimKey, {
    refreshes: [api.listDkimKeys],
    done: ({ id }) => { modals.closeAll(); void navigate(paths.dkimKey(id)) },
  })
  const submit = form.onSubmit((body) => create.mutate({ body }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label="Domain" description="The part of your From address after the @." placeholder={fromAddress.split('@')[1] ?? 'acme.example'} required data-autofocus {...form.getInputProps('domain')} />
        <Radio.Group label="Kind" {...form.getInputProps('algorithm')}>
          <Stack gap={8} mt={6}>
            <Radio value="rsa" label="RSA 2048" description="Every receiver understands it. Start with this one." />
            <Radio value="ed25519" label="Ed25519" description="Shorter and newer, as a second signature beside RSA; not every receiver looks at it." />
          </Stack>
        </Radio.Group>
        {create.error && create.error.errors.length === 0 && <ErrorNote error={create.error} />}
        <Group justify="flex-end"><Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button><Button type="submit" loading={create.isPending}>Make the key</Button></Group>
      </Stack>
    </form>
  )
}
