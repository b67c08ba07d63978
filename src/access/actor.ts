/** Who acts. Every change names its actor; rights are asked of it. */
import { AppError } from '../platform/errors.ts'
import { type Action, type Level, levels, noRights, ofType, type Permission, type Rights } from './rights.ts'
import { covers, type NeededScope, type Scope } from './scopes.ts'

export type Actor = {
  userId: string
  userName: string
  type: 'admin' | 'regular' | 'api'
  via: 'session' | 'apiKey' | 'system'
  /** For the audit log; empty where nobody's browser is behind it. */
  ip: string
  /** Of the browser, where one is behind it. */
  sessionId?: string
  /** Of all the user's roles together. Left out: none; users of type admin need none. */
  rights?: Rights
  teamIds?: readonly string[]
  /** What the API key that speaks for him may be used for. Left out: everything that he may do. */
  scopes?: readonly Scope[]
}

/** Users of type admin may do everything; they alone give rights, so that nobody raises his own. */
export const managesUsers = (actor: Actor): boolean => actor.type === 'admin'

export const may = (actor: Actor, permission: Permission): boolean =>
  managesUsers(actor) || rightsOf(actor).permissions.includes(permission)

/** Whether what he sends has to be approved by somebody else before. */
export const needsApproval = (actor: Actor): boolean => !managesUsers(actor) && rightsOf(actor).sendNeedsApproval === true

export const isAdministrator = (actor: Actor): boolean => may(actor, 'administer')

/** How far an action on records of a type reaches. What may not be read can be neither changed nor deleted. */
export function levelOf(actor: Actor, type: string, action: Action): Level {
  if (managesUsers(actor)) return 'all'
  const { read, [action]: level } = ofType(rightsOf(actor), type)
  return levels[Math.min(levels.indexOf(read), levels.indexOf(level))]!
}

export const mayCreate = (actor: Actor, type: string): boolean => managesUsers(actor) || ofType(rightsOf(actor), type).create

export function expectMay(actor: Actor, permission: Permission): void {
  // Activating a campaign sends what waits in it: a key without that scope must not find such a way round.
  if (permission === 'send' || permission === 'sendInformational') expectScope(actor, 'sending:write')
  if (!may(actor, permission)) throw refusals[permission]()
}

/** The web server has asked already for the scope that the endpoint needs: this is for what reaches further than its endpoint. Null: a key that may do everything. */
export function expectScope({ scopes }: Actor, needed: NeededScope | null): void {
  const scope = needed ?? 'all:write'
  if (!scopes || covers(scopes, scope)) return
  const what = scope === 'own:write' ? 'it needs a scope that ends with :write' : `it needs the scope ${scope}`
  throw new AppError('forbidden', 'outsideScope', `This API key may not be used for this: ${what}.`, { scope })
}

export function expectMayCreate(actor: Actor, type: string): void {
  if (!mayCreate(actor, type)) throw new AppError('forbidden', 'mayNotCreate', `Your roles do not let you create any ${wordsOf(type)}.`)
}

/** Of at least some records of the type, for whatever is about more than one of them. */
export function expectSome(actor: Actor, type: string, action: Action): void {
  if (levelOf(actor, type, action) === 'no') throw mayNot(type, action)
}

export const mayNot = (type: string, action: Action) =>
  new AppError('forbidden', `mayNot${action[0]!.toUpperCase()}${action.slice(1)}`, `Your roles do not let you ${action === 'read' ? `see any ${wordsOf(type)}` : `${verbs[action]} this ${wordsOf(type)}`}.`)

const rightsOf = ({ rights = noRights }: Actor): Rights => rights

const verbs = { edit: 'change', delete: 'delete' }
const wordsOf = (type: string) => type.replace(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase()

const refused = (code: string, what: string) => () => new AppError('forbidden', code, `Your roles do not let you ${what}.`)
const refusals: Record<Permission, () => AppError> = {
  export: refused('mayNotExport', 'export'),
  massUpdate: refused('mayNotMassUpdate', 'change many records at once'),
  import: refused('mayNotImport', 'import'),
  send: refused('mayNotSend', 'send mass emails'),
  sendInformational: refused('mayNotSendInformational', 'send informational email, which also reaches people who opted out'),
  changeOptOuts: refused('mayNotChangeOptOuts', 'see and change who must not be mailed'),
  administer: () => new AppError('forbidden', 'administratorsOnly', 'Only administrators may do this.'),
}
