/** Administration: every page of it, each with the one line that says what it is for; and a search over them and every setting. */
import { Paper, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { Link } from 'react-router'
import { useManagesUsers } from '../../api/session.ts'
import { type AdministrationPlace, administrationPlaces } from '../../shell/administration-places.ts'
import { findSettings } from '../../shell/setting-places.ts'
import { Page } from '../../ui/Page.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { SettingsSearch } from './SettingsSearch.tsx'
import classes from './AdministrationScreen.module.css'

export function AdministrationScreen() {
  const managesUsers = useManagesUsers()
  const places = administrationPlaces.filter(({ userManager }) => managesUsers || !userManager)
  const [text, setText] = useUrlText('q')
  const groups = [...new Set(places.map(({ group }) => group))]
  return (
    <Page title="Administration" about="How this installation works, for everybody in it.">
      <Stack gap="xl">
        <SettingsSearch text={text} onText={setText} found={findSettings(text, managesUsers)} />
        {!text.trim() && groups.map((group) => (
          <section key={group}>
            <Title order={2} mb="sm">{group}</Title>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
              {places.filter((place) => place.group === group).map((place) => <PlaceCard key={place.to} place={place} />)}
            </SimpleGrid>
          </section>
        ))}
      </Stack>
    </Page>
  )
}

function PlaceCard({ place: { title, to, icon: Icon, about } }: { place: AdministrationPlace }) {
  return (
    <Paper component={Link} to={to} withBorder className={classes['card']}>
      <ThemeIcon variant="light" size={40} radius="md" aria-hidden><Icon size={22} stroke={1.7} /></ThemeIcon>
      <div><Text fw={600}>{title}</Text><Text size="sm" c="dimmed">{about}</Text></div>
    </Paper>
  )
}
