/** One box that finds every page and every setting of Administration. Enter opens the first one, the arrow keys go through them. */
import { CloseButton, Paper, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import type { FoundPlace } from '../../shell/setting-places.ts'
import { Empty } from '../../ui/Empty.tsx'
import { counted } from '../../ui/words.ts'
import classes from './AdministrationScreen.module.css'

type Props = { text: string; onText: (text: string) => void; found: FoundPlace[] }

export function SettingsSearch({ text, onText, found }: Props) {
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const first = found[0]
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') return onText('')
    if (event.key === 'Enter' && first && event.target instanceof HTMLInputElement) return void navigate(first.to)
    if (step === undefined) return
    event.preventDefault()
    const stops = [...box.current!.querySelectorAll<HTMLElement>('input, a')]
    stops[stops.indexOf(document.activeElement as HTMLElement) + step]?.focus()
  }
  return (
    <div ref={box} onKeyDown={move} role="search" aria-label="Settings">
      <TextInput type="text" maw={480} aria-label="Search settings" placeholder="Search settings by name or by what they do" value={text} onChange={(event) => onText(event.currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />} rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={() => onText('')} />} />
      {text.trim() && (
        <Stack gap="xs" mt="md">
          <Text size="sm" c="dimmed" role="status">{counted(found.length, 'place')} found</Text>
          {found.map((place) => <Found key={place.to + place.title} place={place} />)}
          {found.length === 0 && <Empty icon={IconSearch}>Nothing is called “{text.trim()}”. Try a shorter word, such as “limit”, “bounce” or “password”.</Empty>}
        </Stack>
      )}
    </div>
  )
}

function Found({ place: { title, about, where, to, icon: Icon } }: { place: FoundPlace }) {
  return (
    <Paper component={Link} to={to} withBorder className={classes['found']}>
      <Icon size={18} stroke={1.7} aria-hidden />
      <div>
        <Text size="sm"><b>{title}</b>{where && <Text span inherit c="dimmed"> · {where}</Text>}</Text>
        <Text size="sm" c="dimmed">{about}</Text>
      </div>
    </Paper>
  )
}
