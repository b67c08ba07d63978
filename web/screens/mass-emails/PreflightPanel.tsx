/** The pre-flight of a mass email, asked again when something changes and when somebody comes back to the page. */
import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { getPreflight } from '../../../src/campaign/contract.ts'
import { useRead, useRefresh } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { type Overridable, PreflightList } from './PreflightList.tsx'
import { askedHere, preflightSummary } from './preflight-checks.ts'

type PreflightPanelProps = { massEmailId: string; override?: Overridable[]; onOverride?: (codes: Overridable[]) => void }

export function PreflightPanel(props: PreflightPanelProps) {
  const refresh = useRefresh()
  return (
    <Panel title="Pre-flight" action={(
      <Tooltip label="Check again"><ActionIcon aria-label="Check again" onClick={() => { void refresh(getPreflight) }}><IconRefresh size={16} /></ActionIcon></Tooltip>
    )}>
      <Checks {...props} />
    </Panel>
  )
}

function Checks({ massEmailId, ...override }: PreflightPanelProps) {
  const checks = askedHere(useRead(getPreflight, { params: { id: massEmailId } }).checks)
  const { level, words } = preflightSummary(checks)
  return (
    <>
      <Text component="div" mb="sm"><StatusBadge status={level} size="lg">{words}</StatusBadge></Text>
      <PreflightList checks={checks} {...override} />
    </>
  )
}
