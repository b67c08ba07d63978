/** The bar on top: drawer on a phone, logo, search and command palette, notices, person. */
import { Burger, Group, Kbd, Text, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Suspense, lazy } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Logo } from '../ui/Logo.tsx'
import { NoticesBell } from './NoticesBell.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { openPalette } from './palette-store.ts'
import classes from './TopBar.module.css'

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))

export function TopBar({ drawer, onDrawer }: { drawer: boolean; onDrawer: () => void }) {
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
      <Group gap="sm" wrap="nowrap">
        <Burger opened={drawer} onClick={onDrawer} hiddenFrom="sm" size="sm" aria-label={drawer ? 'Close navigation' : 'Open navigation'} />
        <Link to={paths.home()} className={classes['home']} aria-label="Tidings: home"><Logo /></Link>
      </Group>
      <UnstyledButton className={classes['search']} onClick={openPalette} aria-label="Search and commands (Ctrl K)">
        <IconSearch size={16} aria-hidden />
        <Text size="sm" className={classes['searchWords']}>Search or jump to…</Text>
        <Kbd size="xs" visibleFrom="sm">Ctrl K</Kbd>
      </UnstyledButton>
      <Group gap={6} wrap="nowrap"><NoticesBell /><PersonMenu /></Group>
      <Suspense fallback={null}><Palette /></Suspense>
    </Group>
  )
}
