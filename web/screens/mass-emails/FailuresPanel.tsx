/** Whom it did not reach after the freeze, by reason: failed ones can be tried again, unknown ones are explained. */
import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { listDeliveries } from '../../../src/delivery/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { reasonGroups } from './reasons.ts'
import { reasonAgainst } from './steps.ts'
import { useSteps } from './use-steps.tsx'

type Status = 'failed' | 'uncertain' | 'skipped'
type FailuresPanelProps = { massEmail: MassEmail; every: number | false }

/** Grouped are the first of them; that is enough to see what is wrong. */
const lookedAt = 200

export function FailuresPanel({ massEmail, every }: FailuresPanelProps) {
  const { figures: { failed, uncertain, skipped }, id } = massEmail
  const { retryFailed } = useSteps(massEmail)
  return (
    <Panel title="Not reached" action={failed > 0 && <ReasonButton size="xs" variant="default" reason={reasonAgainst('retryFailed', massEmail)} onClick={retryFailed}>Retry failed</ReasonButton>}>
      <Stack gap="md">
        {failed > 0 && <Reasons massEmailId={id} status="failed" title="Failed" count={failed} every={every} />}
        {uncertain > 0 && (
          <Reasons massEmailId={id} status="uncertain" title="Unknown" count={uncertain} every={every}
            about="The mail was handed over, and no answer came: it may have arrived. It is sent again with the same Message-ID, so that receivers can drop the second, unless the settings say never twice." />
        )}
        {skipped > 0 && <Reasons massEmailId={id} status="skipped" title="Skipped" count={skipped} every={every} />}
      </Stack>
    </Panel>
  )
}

type ReasonsProps = { massEmailId: string; status: Status; title: string; count: number; about?: string; every: number | false }

function Reasons({ massEmailId, status, title, count, about, every }: ReasonsProps) {
  const { items } = useRead(listDeliveries, { params: { id: massEmailId }, query: { status, fields: 'reason,reasonCode', limit: lookedAt } }, { every })
  const to = (q?: string) => paths.massEmailDeliveries(massEmailId, { status, ...(q && { reason: q }) })
  return (
    <div>
      <Text fw={600} size="sm"><Anchor component={Link} to={to()} inherit>{title} {count.toLocaleString()}</Anchor></Text>
      {about && <Text size="xs" c="dimmed">{about}</Text>}
      <Stack component="ul" gap={6} mt={6} pl={18} m={0}>
        {reasonGroups(items).map(({ code, words, count: hits, example }) => (
          <li key={code}>
            <Text size="sm"><Anchor component={Link} to={to(code)} inherit>{words}</Anchor> <Text span c="dimmed" inherit className="numbers">{hits.toLocaleString()}</Text></Text>
            {example && <Text size="xs" c="dimmed" ff="monospace" lineClamp={2} title={example}>{example}</Text>}
          </li>
        ))}
      </Stack>
      {count > lookedAt && <Text size="xs" c="dimmed" mt={4}>Reasons of the first {lookedAt.toLocaleString()}.</Text>}
    </div>
  )
}
