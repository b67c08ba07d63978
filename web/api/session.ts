/** Who is signed in, and what this installation says of itself. Read once when the application starts. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { keepCsrfToken, request } from './request.ts'

export type Session = {
  setupNeeded: boolean
  csrfToken: string | null
  user: { id: string; name: string; userName: string; type: 'admin' | 'regular' | 'api' } | null
  sandbox?: boolean
}

export const sessionRead = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const session = await request<Session>('GET', '/api/v1/session')
    keepCsrfToken(session.csrfToken ?? '')
    return session
  },
  staleTime: Infinity,
})

export const useSession = (): Session => useSuspenseQuery(sessionRead).data

/** The person signed in; only inside the shell, which lets nobody else in. */
export const useMe = () => useSession().user!
export const useIsAdministrator = () => useMe().type === 'admin'
