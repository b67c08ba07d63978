/** Whom it has not reached, by reason: what waits and why, what failed and can be tried again, what is unknown, what was skipped. */
import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { Reasons } from './Reasons.tsx'
import { isOnItsWay, reasonAgainst } from './steps.ts'
import { useSteps } from './use-steps.tsx'

type FailuresPanelProps = { massEmail: MassEmail; every: number | false }

export function FailuresPanel({ massEmail, every }: FailuresPanelProps) {
  const { figures: { failed, uncertain, skipped }, id, status } = massEmail
  const { retryFailed } = useSteps(massEmail)
  const waits = isOnItsWay(status)
  return (
    <Panel title={waits ? 'Not reached yet' : 'Not reached'} action={failed > 0 && <ReasonButton size="xs" variant="default" reason={reasonAgainst('retryFailed', massEmail)} onClick={retryFailed}>Retry failed</ReasonButton>}>
      <Stack gap="md">
        {waits && <Reasons massEmailId={id} status="pending" title="Put off" about="They are tried again by themselves." every={every} />}
        {failed > 0 && <Reasons massEmailId={id} status="failed" title="Failed" every={every} />}
        {uncertain > 0 && <UnknownNote id={id} count={uncertain} />}
        {skipped > 0 && <Reasons massEmailId={id} status="skipped" title="Skipped" every={every} />}
        {failed + uncertain + skipped === 0 && <Text size="sm" c="dimmed">Nobody failed so far.</Text>}
      </Stack>
    </Panel>
  )
}

const UnknownNote = ({ id, count }: { id: string; count: number }) => (
  <div>
    <Text fw={600} size="sm"><Anchor component={Link} to={paths.massEmail(id, { deliveries: 'unknown' })} inherit>Unknown {count.toLocaleString()}</Anchor></Text>
    <Text size="xs" c="dimmed">Handed over, but no answer came: they may have arrived. The tab Unknown below says what is known of each, and has your choice.</Text>
  </div>
)
