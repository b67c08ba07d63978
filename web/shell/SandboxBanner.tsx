/** Says on every page that mail is captured, while the Sandbox is the account that mail leaves by. */
import { Anchor, Group, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../src/settings/contract.ts'
import { useLook } from '../api/client.ts'
import { useIsAdministrator } from '../api/session.ts'
import { paths } from '../paths.ts'
import classes from './SandboxBanner.module.css'

/** Only administrators may read the settings, and only they can do anything about it. */
export function useSandboxIsOn(): boolean {
  const administrator = useIsAdministrator()
  const settings = useLook(api.getOutboundEmails, {}, { enabled: administrator })
  return settings.data?.systemSmtp.host === null
}

export function SandboxBanner() {
  if (!useSandboxIsOn()) return null
  return (
    <Group className={classes['banner']} gap={8} role="note">
      <IconFlask size={16} aria-hidden />
      <Text size="sm"><b>Sandbox:</b> mail is captured, nothing leaves.</Text>
      <Anchor component={Link} to={paths.sandbox()} size="sm" className={classes['link']}>See what was captured</Anchor>
      <Anchor component={Link} to={paths.outboundEmails()} size="sm" className={classes['link']}>Send for real</Anchor>
    </Group>
  )
}
