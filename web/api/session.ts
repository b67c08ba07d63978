/** Who is signed in. Read once when the application starts; signing in and out load it anew. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { type Session, getSession } from '../../src/access/contract.ts'
import { call } from './client.ts'
import { keepCsrfToken } from './request.ts'

export const sessionRead = queryOptions({
  queryKey: [getSession.path],
  queryFn: async () => {
    const session = await call(getSession)
    keepCsrfToken(session.csrfToken ?? '')
    return session
  },
  staleTime: Infinity,
})

export const useSession = (): Session => useSuspenseQuery(sessionRead).data

/** The person signed in; only inside the shell, which lets nobody else in. */
export const useMe = () => useSession().user!
export const useIsAdministrator = () => useMe().type === 'admin'
