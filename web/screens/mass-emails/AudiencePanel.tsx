/** The audience funnel of a mass email: computed while it is a draft, as it was frozen afterwards. */
import { Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { getAudience } from '../../../src/campaign/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { counted } from '../../ui/words.ts'
import { AudienceFunnel } from './AudienceFunnel.tsx'

export function AudiencePanel({ massEmailId }: { massEmailId: string }) {
  return <Panel title="Audience"><Funnel massEmailId={massEmailId} /></Panel>
}

function Funnel({ massEmailId }: { massEmailId: string }) {
  const { candidates, included, verdicts, notes, frozen } = useRead(getAudience, { params: { id: massEmailId } })
  if (candidates === 0) return <Empty icon={IconUsers}>Nobody is in the target lists yet. Choose lists, or fill them.</Empty>
  const partly = notes.optedOutOfOneOfItsLists
  return (
    <>
      <AudienceFunnel audience={{ candidates, included, verdicts: verdicts as Record<string, number> }} linkTo={(verdict) => paths.massEmailAudience(massEmailId, verdict)} past={frozen} />
      {partly > 0 && <Text size="xs" c="dimmed" mt="sm">{counted(partly, 'person', 'people')} of them opted out of one of the lists, but not of all.</Text>}
      <Text size="xs" c="dimmed" mt={4}>{frozen ? 'As it was when the mass email started.' : 'As it is now. It is frozen when the mass email starts.'}</Text>
    </>
  )
}
