/** The left navigation: work, records, the rest. Narrow it shows icons only, with their words on hover. */
import { ActionIcon, Divider, NavLink, ScrollArea, Stack, Tooltip } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link, useLocation } from 'react-router'
import { usePlaces } from './use-places.ts'
import type { Place } from './navigation.ts'
import { PlaceIcon } from './PlaceIcon.tsx'
import classes from './Navigation.module.css'

export function Navigation({ narrow, onNarrow }: { narrow: boolean; onNarrow: () => void }) {
  const groups = usePlaces()
  const Icon = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const label = narrow ? 'Show words in the navigation' : 'Show icons only'
  return (
    <Stack h="100%" gap={0} justify="space-between">
      <ScrollArea flex={1} type="auto">
        <Stack gap={2} p={10}>
          {groups.map((places, index) => (
            <div key={places[0]?.to ?? index}>
              {index > 0 && <Divider my={8} color="var(--tidings-line)" />}
              {places.map((place) => <NavigationLink key={place.to} place={place} narrow={narrow} />)}
            </div>
          ))}
        </Stack>
      </ScrollArea>
      <div className={classes['foot']}>
        <Tooltip label={label} position="right"><ActionIcon size="lg" aria-label={label} onClick={onNarrow} visibleFrom="sm"><Icon size={18} /></ActionIcon></Tooltip>
      </div>
    </Stack>
  )
}

function NavigationLink({ place, narrow }: { place: Place; narrow: boolean }) {
  const { title, to } = place
  const { pathname } = useLocation()
  const here = to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)
  return (
    <Tooltip label={title} position="right" disabled={!narrow}>
      <NavLink component={Link} to={to} label={narrow ? null : title} aria-label={title} active={here} aria-current={here ? 'page' : undefined}
        leftSection={<PlaceIcon place={place} size={19} />} className={classes['link']} data-narrow={narrow || undefined} />
    </Tooltip>
  )
}
