/** Starts the web application: theme, kept reads, router. */
import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './ui/theme.css'
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { RouterProvider, createBrowserRouter } from 'react-router'
import { reads } from './api/reads.ts'
import { routes } from './routes.tsx'
import { theme } from './ui/theme.ts'

const router = createBrowserRouter(routes)
const colorSchemes = localStorageColorSchemeManager({ key: 'tidings-color-scheme' })

createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={reads}>
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemes}>
      <RouterProvider router={router} />
    </MantineProvider>
  </QueryClientProvider>,
)
