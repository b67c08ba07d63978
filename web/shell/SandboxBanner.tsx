/** Says on every page that mail is captured, while the Sandbox is the account that mail leaves by. */
import { Anchor, Group, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { Link } from 'react-router'
import { listOutboundAccounts } from '../../src/outbound/contract.ts'
import { useLook } from '../api/client.ts'
import { useIsAdministrator, useRights } from '../api/session.ts'
import { paths } from '../paths.ts'
import classes from './SandboxBanner.module.css'

export function SandboxBanner() {
  const { some } = useRights()
  const accounts = useLook(listOutboundAccounts, {}, { enabled: some('Campaign', 'read') })
  const administrator = useIsAdministrator()
  if (!accounts.data?.items.some(({ kind, isDefault }) => kind === 'sandbox' && isDefault)) return null
  return (
    <Group className={classes['banner']} gap={8} wrap="nowrap" align="start" role="note" data-no-print>
      <IconFlask className={classes['icon']} size={16} aria-hidden />
      <Group gap="0 8px">
        <Text size="sm"><b>Sandbox:</b> mail is captured, nothing leaves.</Text>
        {administrator && <Anchor component={Link} to={paths.sandbox()} size="sm" className={classes['link']}>See what was captured</Anchor>}
        {administrator && <Anchor component={Link} to={paths.outboundEmails()} size="sm" className={classes['link']}>Send for real</Anchor>}
      </Group>
    </Group>
  )
}
