/** Which outbound account carries it. Most installations have one, and nothing to choose. */
import { Select } from '@mantine/core'
import { type OutboundAccount, listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { useLook } from '../../api/client.ts'

export function SenderAccount({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const accounts = useLook(listOutboundAccounts, { query: { limit: 100 } }).data?.items as OutboundAccount[] | undefined
  const usual = accounts?.find(({ isDefault }) => isDefault)
  const options = accounts?.filter(({ state }) => state !== 'notSetUp').map(({ id, name, state }) => ({ value: id, label: state === 'broken' ? `${name} (not working now)` : name })) ?? []
  return (
    <Select label="Account" data={[{ value: '', label: usual ? `The default: ${usual.name}` : 'The default' }, ...options]} value={value ?? ''} onChange={(id) => onChange(id || null)}
      description={usual && !value && usual.fromAddress ? `Mail comes from ${usual.fromName ? `${usual.fromName} <${usual.fromAddress}>` : usual.fromAddress} unless you say otherwise below.` : undefined} />
  )
}
