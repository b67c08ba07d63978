/** The whole map: which address shows which screen. Screens load when they are first needed. */
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import { BrokenScreen, LostScreen } from './shell/LostScreen.tsx'
import { Root } from './shell/Root.tsx'
import { Shell } from './shell/Shell.tsx'

const screen = (path: string, load: () => Promise<ComponentType>): RouteObject => ({
  path, errorElement: <BrokenScreen />, lazy: async () => ({ Component: await load() }),
})

const signedIn: RouteObject[] = [
  screen('/', async () => (await import('./screens/home/HomeScreen.tsx')).HomeScreen),

  screen('/sandbox', async () => (await import('./screens/sandbox/SandboxScreen.tsx')).SandboxScreen),
  screen('/sandbox/:id', async () => (await import('./screens/sandbox/SandboxMessageScreen.tsx')).SandboxMessageScreen),

  { path: '*', element: <LostScreen /> },
]

export const routes: RouteObject[] = [{
  element: <Root />,
  errorElement: <BrokenScreen />,
  children: [
    screen('/sign-in', async () => (await import('./screens/access/SignInScreen.tsx')).SignInScreen),
    screen('/set-up', async () => (await import('./screens/access/SetUpScreen.tsx')).SetUpScreen),
    { element: <Shell />, children: signedIn },
  ],
}]
