/** Further accounts that share a mass email by their weights. Shown where there is another one that could. */
import { MultiSelect } from '@mantine/core'
import { type OutboundAccount, listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { useLook } from '../../api/client.ts'

type SharedAccountsProps = { accountId: string | null; value: string[]; onChange: (ids: string[]) => void }

export function SharedAccounts({ accountId, value, onChange }: SharedAccountsProps) {
  const accounts = (useLook(listOutboundAccounts, { query: { limit: 100 } }).data?.items ?? []) as OutboundAccount[]
  const own = accounts.find(({ id, isDefault }) => (accountId ? id === accountId : isDefault))
  const others = accounts.filter(({ id, kind, state }) => id !== own?.id && kind !== 'sandbox' && state !== 'notSetUp')
  if (!own || own.kind === 'sandbox' || others.length === 0) return null
  return (
    <MultiSelect label="Shared with" description={`They carry it together with ${own.name}, by their weights.`} placeholder={value.length === 0 ? 'Nobody' : undefined}
      data={others.map(({ id, name, weight }) => ({ value: id, label: `${name} (weight ${weight})` }))} value={value} onChange={onChange} />
  )
}
