/** What somebody may do, and by which of his roles: for whoever gives rights and wonders why. Pure: no database. */
import { type Action, type Level, levels, ofType, type Permission, permissions, type Rights, widest } from './rights.ts'

export type NamedRole = Rights & { id: string; name: string }

/** `from`: the ids of the roles that give as much. */
export type Reach = { level: Level; from: string[] }
export type SourcedType = { type: string; create: { given: boolean; from: string[] } } & Record<Action, Reach>

export function rightsWithSources(roles: readonly NamedRole[], types: readonly string[]): { types: SourcedType[]; permissions: { permission: Permission; from: string[] }[]; sendNeedsApproval: boolean } {
  const together = widest(roles)
  const by = (gives: (role: NamedRole) => boolean) => roles.filter(gives).map(({ id }) => id)
  const typeOf = (type: string): SourcedType => {
    const all = ofType(together, type)
    // What may not be read can be neither changed nor deleted; users are written by admins alone.
    const reach = (action: Action): Reach => {
      const level = type === 'User' && action !== 'read' ? 'no' : narrower(all.read, all[action])
      return { level, from: level === 'no' ? [] : by((role) => atLeast(ofType(role, type)[action], level)) }
    }
    const create = type !== 'User' && all.create
    return { type, create: { given: create, from: create ? by((role) => ofType(role, type).create) : [] }, read: reach('read'), edit: reach('edit'), delete: reach('delete') }
  }
  return {
    types: types.map(typeOf),
    permissions: permissions.filter((permission) => together.permissions.includes(permission))
      .map((permission) => ({ permission, from: by((role) => role.permissions.includes(permission)) })),
    sendNeedsApproval: together.sendNeedsApproval ?? false,
  }
}

const atLeast = (a: Level, b: Level) => levels.indexOf(a) >= levels.indexOf(b)
const narrower = (a: Level, b: Level): Level => (atLeast(a, b) ? b : a)
