/** Home: what is being sent, what comes next, what needs somebody, how the last campaigns did; first steps while there is nothing yet. */
import { Button, Grid, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useIsAdministrator, useMe } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import { LastCampaigns } from './LastCampaigns.tsx'
import { NeedsAttention } from './NeedsAttention.tsx'
import { NextUp } from './NextUp.tsx'
import { SendingNow } from './SendingNow.tsx'

export function HomeScreen() {
  const me = useMe()
  const administrator = useIsAdministrator()
  const nameless = me.name.includes('@')
  const [hello] = useState(() => greeting(new Date()))
  return (
    <Page title={nameless ? hello : `${hello}, ${me.name.split(' ')[0]}`} action={<Button component={Link} to={paths.newCampaign()} leftSection={<IconPlus size={16} aria-hidden />}>New campaign</Button>}>
      <Stack>
        <FirstSteps />
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 7 }}><Stack><SendingNow /><LastCampaigns /></Stack></Grid.Col>
          <Grid.Col span={{ base: 12, lg: 5 }}><Stack>{administrator && <NeedsAttention />}<NextUp /></Stack></Grid.Col>
        </Grid>
      </Stack>
    </Page>
  )
}

const greeting = (now: Date) => (now.getHours() < 5 ? 'Good night' : now.getHours() < 12 ? 'Good morning' : now.getHours() < 18 ? 'Good afternoon' : 'Good evening')
