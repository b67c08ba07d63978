/** Home: what is being sent, what comes next, what needs somebody, how the last campaigns did, how lists grow, how close to the limits it is; first steps while there is nothing yet. */
import { Button, Grid, Stack } from '@mantine/core'
import { IconPlus, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useIsAdministrator, useMe, useRights } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PinnedReports } from '../reports/PinnedReports.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import { LastCampaigns } from './LastCampaigns.tsx'
import { ListGrowth } from './ListGrowth.tsx'
import { NeedsAttention } from './NeedsAttention.tsx'
import { NextUp } from './NextUp.tsx'
import { PortionInUse } from './PortionInUse.tsx'
import { SafeLines } from './SafeLines.tsx'
import { SendingNow } from './SendingNow.tsx'

export function HomeScreen() {
  const me = useMe()
  const administrator = useIsAdministrator()
  const { some, create } = useRights()
  const seesCampaigns = some('Campaign', 'read')
  const seesLists = some('TargetList', 'read')
  const nameless = me.name.includes('@')
  const [hello] = useState(() => greeting(new Date()))
  return (
    <Page title={nameless ? hello : `${hello}, ${me.name.split(' ')[0]}`} action={create('Campaign') && <Button component={Link} to={paths.newCampaign()} leftSection={<IconPlus size={16} aria-hidden />}>New campaign</Button>}>
      <Stack>
        <FirstSteps />
        {!seesCampaigns && !administrator && <NothingHere />}
        <Grid gap="md">
          {seesCampaigns && <Grid.Col span={{ base: 12, lg: 8 }}><Stack><SendingNow /><LastCampaigns />{seesLists && <ListGrowth />}</Stack></Grid.Col>}
          <Grid.Col span={{ base: 12, lg: 4 }}><Stack>{administrator && <NeedsAttention />}{seesCampaigns && <><NextUp /><PortionInUse /><SafeLines /></>}</Stack></Grid.Col>
        </Grid>
        {some('Report', 'read') && <PinnedReports />}
      </Stack>
    </Page>
  )
}

/** Whoever has no role sees an empty house: this says why. */
const NothingHere = () => (
  <Panel title="Campaigns" hideTitle>
    <Empty icon={IconShieldCheck} title="Your roles do not let you see campaigns">What you may see stands on the left. Ask an administrator if you need more.</Empty>
  </Panel>
)

const greeting = (now: Date) => (now.getHours() < 5 ? 'Good night' : now.getHours() < 12 ? 'Good morning' : now.getHours() < 18 ? 'Good afternoon' : 'Good evening')
