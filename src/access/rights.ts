/** What somebody may do, as data: levels per type and permissions. Several roles add up, the widest wins. Pure: no database. */

/** How far an action reaches: nothing, what is one's own, also what one's teams have, everything. */
export const levels = ['no', 'own', 'team', 'all'] as const
export type Level = (typeof levels)[number]

export const actions = ['read', 'edit', 'delete'] as const
export type Action = (typeof actions)[number]

export const permissions = ['export', 'massUpdate', 'import', 'send', 'sendInformational', 'changeOptOuts', 'administer'] as const
export type Permission = (typeof permissions)[number]

export type TypeRights = { create: boolean } & Record<Action, Level>

/** Of one role, or of all roles of a user together. */
export type Rights = {
  /** By the name of the type: `Contact`, `Campaign`. */
  types: Record<string, TypeRights>
  /** Of every type that is not named, also of those that are made later. */
  otherTypes: TypeRights
  permissions: readonly Permission[]
  /** Whether `send` needs somebody else's approval. Left out: no. */
  sendNeedsApproval?: boolean
}

export const nothing: TypeRights = { create: false, read: 'no', edit: 'no', delete: 'no' }
export const everything: TypeRights = { create: true, read: 'all', edit: 'all', delete: 'all' }

export const noRights: Rights = { types: {}, otherTypes: nothing, permissions: [] }

/** Somebody with several roles may do what any of them allows. */
export function widest(roles: readonly Rights[]): Rights {
  const named = [...new Set(roles.flatMap(({ types }) => Object.keys(types)))]
  return {
    types: Object.fromEntries(named.map((type) => [type, union(roles.map((role) => ofType(role, type)))])),
    otherTypes: union(roles.map(({ otherTypes }) => otherTypes)),
    permissions: permissions.filter((permission) => roles.some((role) => role.permissions.includes(permission))),
    sendNeedsApproval: needsApproval(roles),
  }
}

/** One role that may send without it is enough. */
function needsApproval(roles: readonly Rights[]): boolean {
  const sending = roles.filter((role) => role.permissions.includes('send'))
  return sending.length > 0 && sending.every(({ sendNeedsApproval = false }) => sendNeedsApproval)
}

export const ofType = ({ types, otherTypes }: Rights, type: string): TypeRights => (Object.hasOwn(types, type) ? types[type]! : otherTypes)

function union(all: readonly TypeRights[]): TypeRights {
  const level = (action: Action) => all.reduce<Level>((widestSoFar, rights) => wider(widestSoFar, rights[action]), 'no')
  return { create: all.some(({ create }) => create), read: level('read'), edit: level('edit'), delete: level('delete') }
}

const wider = (a: Level, b: Level): Level => (levels.indexOf(a) >= levels.indexOf(b) ? a : b)
