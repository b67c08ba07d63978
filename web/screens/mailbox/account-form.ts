/** The values of the form of a group email account, and how they become a POST or PATCH. */
import { useForm } from '@mantine/form'
import type { GroupEmailAccount } from '../../../src/mailbox/contract.ts'
import { changesIn } from '../settings/changes.ts'

type Server = GroupEmailAccount['imap'] & { password: string }
type Oauth2 = { tokenUrl: string; clientId: string; scope: string; clientSecret: string; refreshToken: string; clientSecretSet: boolean; refreshTokenSet: boolean }
export type AccountValues = Pick<GroupEmailAccount,
  'name' | 'emailAddress' | 'status' | 'monitoredFolders' | 'fetchSince' | 'afterReading' | 'forMassEmail' | 'bounceAddress' | 'fromName' | 'replyToAddress'
> & { imap: Server; smtp: Server; oauth2: Oauth2 }
export type AccountForm = ReturnType<typeof useAccountForm>

const emptyOauth: Oauth2 = { tokenUrl: '', clientId: '', scope: '', clientSecret: '', refreshToken: '', clientSecretSet: false, refreshTokenSet: false }
const server = (port: number, security: Server['security']): Server => ({ host: '', port, security, auth: 'password', username: '', password: '', passwordSet: false })

const fresh = (): AccountValues => ({
  name: '', emailAddress: '', status: 'active', imap: server(993, 'tls'), smtp: server(587, 'starttls'), oauth2: emptyOauth,
  monitoredFolders: ['INBOX'], fetchSince: new Date().toISOString(), afterReading: {}, forMassEmail: false, bounceAddress: '', fromName: '', replyToAddress: '',
})

export const useAccountForm = (saved: GroupEmailAccount | null) => useForm<AccountValues>({ initialValues: valuesOf(saved) })

export function valuesOf(saved: GroupEmailAccount | null): AccountValues {
  if (!saved) return fresh()
  const { name, emailAddress, status, monitoredFolders, fetchSince, afterReading, forMassEmail, bounceAddress, fromName, replyToAddress } = saved
  return {
    name, emailAddress, status, monitoredFolders, fetchSince, afterReading, forMassEmail, bounceAddress, fromName, replyToAddress,
    imap: { ...saved.imap, password: '' }, smtp: { ...saved.smtp, password: '' }, oauth2: { ...emptyOauth, ...saved.oauth2 },
  }
}

/** Only what was changed; a secret only when one was typed. */
export function bodyOf(values: AccountValues, saved: GroupEmailAccount | null) {
  const { imap, smtp, oauth2, ...changed } = changesIn(values, valuesOf(saved))
  return { ...changed, ...(imap && { imap: serverBody(imap) }), ...(smtp && { smtp: serverBody(smtp) }), ...(oauth2 && { oauth2: oauthBody(oauth2) }) }
}

const serverBody = ({ passwordSet: _passwordSet, password, ...rest }: Server) => ({ ...rest, ...(password && { password }) })

function oauthBody({ clientSecretSet: _secret, refreshTokenSet: _token, clientSecret, refreshToken, ...client }: Oauth2) {
  return client.tokenUrl ? { ...client, ...(clientSecret && { clientSecret }), ...(refreshToken && { refreshToken }) } : null
}
