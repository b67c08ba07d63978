/** Who acts. Every change names its actor; rights are asked of it. */
export type Actor = {
  userId: string
  userName: string
  type: 'admin' | 'regular' | 'api'
  via: 'session' | 'apiKey' | 'system'
  /** For the audit log; empty where nobody's browser is behind it. */
  ip: string
}

export const isAdministrator = (actor: Actor): boolean => actor.type === 'admin'
