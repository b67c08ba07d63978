/** The command palette (Ctrl K): places, settings, things to make, and records, lists, campaigns by name. */
import { Spotlight } from '@mantine/spotlight'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useKnownEntityTypes } from '../api/entity-types.ts'
import { findEverywhere } from '../api/find.ts'
import { useManagesUsers } from '../api/session.ts'
import { paths } from '../paths.ts'
import { administrationPlaces } from './administration-places.ts'
import type { Place } from './navigation.ts'
import { paletteStore } from './palette-store.ts'
import { PlaceIcon } from './PlaceIcon.tsx'
import { type FoundPlace, findSettingsOnly } from './setting-places.ts'
import { usePlaces } from './use-places.ts'

const make: Place[] = [
  { title: 'New campaign', to: paths.newCampaign(), icon: IconPlus },
  { title: 'New mass email', to: paths.newMassEmail(), icon: IconPlus },
  { title: 'New target list', to: paths.newTargetList(), icon: IconPlus },
  { title: 'New template', to: paths.newTemplate(), icon: IconPlus },
  { title: 'New report', to: paths.newReport(), icon: IconPlus, words: 'chart summary' },
  { title: 'Import records', to: paths.import(), icon: IconPlus, words: 'csv upload' },
]

export function Palette() {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const places = usePlaces()
  const managesUsers = useManagesUsers()
  const found = useFound(text)
  const matching = (list: Place[]) => list.filter(({ title, words }) => `${title} ${words ?? ''}`.toLowerCase().includes(text.trim().toLowerCase()))
  const administrator = places.flat().some(({ to }) => to === paths.administration())
  const groups: [string, Place[]][] = [
    ['Found', found],
    ['Go to', matching([...places.flat(), ...(administrator ? administrationPlaces : [])]).slice(0, 8)],
    ['Settings', administrator && text.trim().length >= 2 ? findSettingsOnly(text, managesUsers).slice(0, 6) : []],
    ['Make', matching(make)],
  ]
  const shown = groups.filter(([, list]) => list.length > 0)
  return (
    <Spotlight.Root store={paletteStore} query={text} onQueryChange={setText} shortcut={['mod + K']} scrollable maxHeight={460} clearQueryOnClose centered={false} yOffset={72}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}>
      <Spotlight.Search placeholder="Search people, lists, campaigns, or type where to go" leftSection={<IconSearch size={18} aria-hidden />} aria-label="Search" />
      <Spotlight.ActionsList>
        {shown.map(([label, list]) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {list.map((place) => (
              <Spotlight.Action key={place.to + place.title} label={place.title} description={describe(label, place)} leftSection={<PlaceIcon place={place} size={18} />} onClick={() => { void navigate(place.to) }} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 && <Spotlight.Empty>Nothing found for “{text}”.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

const describe = (label: string, place: Place | FoundPlace) => (label === 'Found' ? place.words : 'where' in place ? `${place.where}: ${place.about}` : undefined)

function useFound(text: string): Place[] {
  const [settled] = useDebouncedValue(text.trim(), 200)
  const types = useKnownEntityTypes()
  const found = useQuery({ queryKey: ['palette', settled], queryFn: ({ signal }) => findEverywhere(settled, types, signal), enabled: settled.length >= 2 && types.length > 0 })
  return settled.length >= 2 ? found.data ?? [] : []
}
