/** Who is signed in. Read once when the application starts; signing in and out load it anew. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { type Action, type Permission, type Session, getSession, ofType, signOut } from '../../src/access/contract.ts'
import { paths } from '../paths.ts'
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

/** A full load: nothing of whoever was here is kept. */
export async function leave(): Promise<void> {
  await call(signOut)
  location.assign(paths.signIn())
}

/** The person signed in; only inside the shell, which lets nobody else in. */
export const useMe = () => useSession().user!

/** What this person may do; the server holds it, screens only say so before. */
export const useMay = (permission: Permission): boolean => useSession().rights?.permissions.includes(permission) ?? false
export const useIsAdministrator = () => useMay('administer')
/** Users of type admin alone give rights. */
export const useManagesUsers = () => useMe().type === 'admin'

/** By type: may at least some of them be read, changed, deleted, and may one be made? */
export function useRights() {
  const { rights } = useSession()
  return {
    some: (type: string, action: Action) => rights !== null && ofType(rights, type)[action] !== 'no',
    create: (type: string) => rights !== null && ofType(rights, type).create,
  }
}

/** For a button: why it cannot be used, or nothing. */
export function useWhyNotCreate(type: string, what: string): string | undefined {
  return useRights().create(type) ? undefined : `Your roles do not let you create ${what}.`
}

/** Why this person can change or delete no record of a type at all, or nothing. Of single records the server says it when asked. */
export function useWhyNot(type: string, action: 'edit' | 'delete', what: string): string | undefined {
  return useRights().some(type, action) ? undefined : `Your roles do not let you ${action === 'edit' ? 'change' : 'delete'} ${what}.`
}

/** Whether somebody else has to approve what this person sends. */
export const useNeedsApproval = (): boolean => useSession().rights?.sendNeedsApproval ?? false

/** Why this person cannot set a mass email of such a campaign Pending, or nothing. */
export function useWhyNotSend(campaignType: string): string | undefined {
  const [send, informational] = [useMay('send'), useMay('sendInformational')]
  if (!send) return 'Your roles do not let you send mass emails. Somebody else has to schedule it.'
  return campaignType === 'informationalEmail' && !informational ? 'Your roles do not let you send Informational Email.' : undefined
}
