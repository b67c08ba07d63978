/** What was read from the server and is still good. One for the whole application. */
import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './problem.ts'

/** Only what another try can mend is tried again: the server's own trouble and a lost connection. */
const mayPass = (error: unknown) => !(error instanceof ApiError) || error.status === 0 || error.status >= 500

export const reads = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (count, error) => count < 2 && mayPass(error) },
    mutations: { retry: false },
  },
})
