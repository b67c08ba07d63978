/** Sets up an authenticator app in three steps: the password, the picture and a code, the recovery codes. */
import { Anchor, Box, Button, Code, Collapse, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import * as api from '../../../src/access/contract.ts'
import { type Result, useAction } from '../../api/client.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { AskPassword } from './AskPassword.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'

/** Not closed by a click beside it: the codes would be gone. */
export const setUpSecondFactor = () => { modals.open({ title: 'Set up a second factor', closeOnClickOutside: false, children: <SetUpSecondFactor onDone={() => modals.closeAll()} /> }) }

const about = 'You need an app that shows six digits, such as Aegis, 2FAS, Google Authenticator or 1Password. Afterwards signing in takes your password and these digits.'

/** `onDone`: the recovery codes are kept. */
export function SetUpSecondFactor({ onDone }: { onDone: () => void }) {
  const [begun, setBegun] = useState<Result<typeof api.beginSecondFactor>>()
  const [codes, setCodes] = useState<string[]>()
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (begun) return <Confirm {...begun} onCodes={setCodes} />
  return <AskPassword endpoint={api.beginSecondFactor} about={about} button="Next" done={setBegun} />
}

function Confirm({ url, secret, onCodes }: { url: string; secret: string; onCodes: (codes: string[]) => void }) {
  const form = useForm({ initialValues: { code: '' } })
  const confirm = useAction(api.confirmSecondFactor, { refreshes: [api.readSecondFactor], done: ({ recoveryCodes }) => onCodes(recoveryCodes) })
  return (
    <form onSubmit={form.onSubmit((body) => confirm.mutate({ body }, { onError: (error) => form.setErrors(error.byField) }))}>
      <Stack>
        <Text size="sm">Scan this picture with your app, then enter the six digits that it shows.</Text>
        {/* White around it in the dark, too: else no camera reads it. */}
        <Box bg="white" p="md" mx="auto" style={{ borderRadius: 8, lineHeight: 0 }}><QRCodeSVG value={url} size={192} title="The secret for your app as a QR code" role="img" /></Box>
        <ByHand secret={secret} />
        {confirm.error?.errors.length === 0 && <ErrorNote error={confirm.error} />}
        <TextInput label="Code from the app" inputMode="numeric" autoComplete="one-time-code" placeholder="123456" required autoFocus {...form.getInputProps('code')} />
        <Group justify="flex-end"><Button type="submit" loading={confirm.isPending}>Turn on</Button></Group>
      </Stack>
    </form>
  )
}

function ByHand({ secret }: { secret: string }) {
  const [opened, { toggle }] = useDisclosure()
  return (
    <Box ta="center">
      <Anchor component="button" type="button" size="sm" aria-expanded={opened} onClick={toggle}>No camera? Type it in</Anchor>
      <Collapse expanded={opened}>
        <Group justify="center" gap={4} mt={6} wrap="nowrap"><Code fz="sm">{secret.match(/.{4}/g)!.join(' ')}</Code><CopyButton value={secret} what="secret" /></Group>
      </Collapse>
    </Box>
  )
}
