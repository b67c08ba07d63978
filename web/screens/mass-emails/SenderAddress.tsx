/** The From address of a mass email: one of the account's sender identities where it has some, else any. */
import { Autocomplete, TextInput } from '@mantine/core'
import { type OutboundAccount, listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { useLook } from '../../api/client.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { displayAddress } from '../../ui/address.ts'

type SenderAddressProps = { accountId: string | null; value: string; onChange: (address: string) => void }

export function SenderAddress({ accountId, value, onChange }: SenderAddressProps) {
  const isAdministrator = useIsAdministrator()
  const accounts = useLook(listOutboundAccounts, { query: { limit: 100 } }).data?.items as OutboundAccount[] | undefined
  const account = accounts?.find(({ id, isDefault }) => (accountId ? id === accountId : isDefault))
  const input = { label: 'From address', placeholder: 'As the account says', inputMode: 'email' as const, value }
  if (!account || account.senderIdentities.length === 0) return <TextInput {...input} onChange={(event) => onChange(event.currentTarget.value)} />
  return (
    <Autocomplete {...input} onChange={onChange} data={addressesOf(account)}
      description={isAdministrator ? 'One of the account’s sender identities, or any: you administer.' : `One of: ${account.senderIdentities.map(displayAddress).join(', ')}.`} />
  )
}

/** Domains cannot be chosen as they are: what stands before the @ is typed. */
const addressesOf = ({ senderIdentities, fromAddress }: OutboundAccount): string[] =>
  [...new Set([fromAddress, ...senderIdentities].filter((identity) => identity.includes('@')).map(displayAddress))]
