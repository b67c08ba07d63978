/** In a row: a mark beside what should be going out and does not. Its words are the first reason; it leads to the page that says all of them. */
import { Anchor, Tooltip } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { useWhy } from './WhyPanel.tsx'
import { isPatient } from './why-places.ts'

/** Nothing where it goes out, or waits for what comes by itself. */
export function WhyMark({ massEmailId }: { massEmailId: string }) {
  const reason = useWhy(massEmailId, true)?.find((each) => !isPatient(each))
  if (!reason) return null
  return (
    <Tooltip label={reason.message} multiline maw={320}>
      <Anchor component={Link} to={paths.massEmail(massEmailId)} aria-label={`Why is nothing going out? ${reason.message}`} style={{ display: 'inline-flex' }}>
        <IconAlertTriangle size={18} color="var(--tidings-bad)" aria-hidden />
      </Anchor>
    </Tooltip>
  )
}
