/** The frame of the application for somebody signed in: navigation, top bar, banner, content, tasks. */
import { AppShell, Box } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { useEffect } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { sessionRead } from '../api/session.ts'
import { useQuery } from '@tanstack/react-query'
import { paths } from '../paths.ts'
import { Boundary, Waiting } from '../ui/Boundary.tsx'
import { ErrorNote } from '../ui/ErrorNote.tsx'
import { Navigation } from './Navigation.tsx'
import { SandboxBanner } from './SandboxBanner.tsx'
import { TaskTray } from './TaskTray.tsx'
import { TopBar } from './TopBar.tsx'
import classes from './Shell.module.css'

export function Shell() {
  const session = useQuery(sessionRead)
  const { pathname, search } = useLocation()
  if (session.error) return <Box p="xl" maw={560} mx="auto"><ErrorNote error={session.error} again={() => { void session.refetch() }} /></Box>
  if (!session.data) return <Box p="xl"><Waiting /></Box>
  if (session.data.setupNeeded) return <Navigate to={paths.setUp()} replace />
  const here = pathname === '/' ? undefined : pathname + search
  if (!session.data.user) return <Navigate to={paths.signIn(here)} replace />
  if (session.data.secondFactorRequired) return <Navigate to={paths.secondFactor(here)} replace />
  return <Frame />
}

function Frame() {
  const [drawer, { toggle, close }] = useDisclosure(false)
  const [narrow, setNarrow] = useLocalStorage({ key: 'tidings-narrow-navigation', defaultValue: false })
  const { pathname } = useLocation()
  useEffect(() => { close(); window.scrollTo(0, 0) }, [pathname, close])
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: narrow ? 64 : 228, breakpoint: 'sm', collapsed: { mobile: !drawer } }}>
      <a href="#content" className={classes['skip']}>Skip to content</a>
      <AppShell.Header className={classes['header']}><TopBar drawer={drawer} onDrawer={toggle} /></AppShell.Header>
      <AppShell.Navbar className={classes['navbar']} aria-label="Main">
        <Navigation narrow={narrow && !drawer} onNarrow={() => setNarrow(!narrow)} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes['main']}>
        <SandboxBanner />
        <Boundary key={pathname}><Outlet /></Boundary>
      </AppShell.Main>
      <TaskTray />
    </AppShell>
  )
}
