/** Fills in where a known mail provider listens, and says how it wants to be signed in to and what it allows. */
import { Select, Stack, Text } from '@mantine/core'
import { listPresets } from '../../../src/outbound/contract.ts'
import { useRead } from '../../api/client.ts'
import { providerOf } from '../outbound/provider.ts'
import type { OutboundForm } from './outbound-emails-form.ts'

export function ProviderSelect({ form }: { form: OutboundForm }) {
  const presets = useRead(listPresets).items
  const chosen = providerOf(presets, form.values.systemSmtp.host ?? '')
  const fill = (id: string | null) => {
    const preset = presets.find((each) => each.id === id)
    if (!preset) return
    const { port, security } = preset
    const { systemSmtp } = form.values
    form.setFieldValue('systemSmtp', { ...systemSmtp, host: preset.host || systemSmtp.host, port, security })
  }
  return (
    <Stack gap={6}>
      <Select label="Provider" description="Fills in host, port and security." placeholder="Choose one, or fill in the rest by hand" maw={420} data={presets.map(({ id, name }) => ({ value: id, label: name }))} value={chosen?.id ?? null} onChange={fill} />
      {chosen && <Text size="sm" c="dimmed">{chosen.authHint} {chosen.limitsHint}{chosen.oauth2 && ' OAuth 2.0 is set up in Outbound accounts, once host and user name are saved.'}</Text>}
    </Stack>
  )
}
