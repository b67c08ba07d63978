/** Around every screen, signed in or not: dialogs and notices (inside the router, so that they may link). */
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { Outlet } from 'react-router'

export function Root() {
  return (
    <ModalsProvider>
      <Notifications position="bottom-center" limit={4} />
      <Outlet />
    </ModalsProvider>
  )
}
