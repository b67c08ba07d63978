/** What in a role contradicts itself: each a sentence that says what comes of it. Pure. */
import { type Level, type Permission, type Rights, type TypeRights, levels, ofType } from '../../../src/access/contract.ts'
import type { Thing } from './use-things.ts'

const wider = (a: Level, b: Level) => levels.indexOf(a) > levels.indexOf(b)

export function warningsOf(rights: Rights, things: readonly Thing[]): string[] {
  return [...ofReach(rights, things), ...ofPermissions(rights, things)]
}

/** Of everything, and of each type that differs from it. */
function ofReach({ types, otherTypes }: Rights, things: readonly Thing[]): string[] {
  const named = things.filter(({ name }) => Object.hasOwn(types, name)).map(({ name, title }) => ({ title, rights: types[name]! }))
  return [{ title: 'Everything', rights: otherTypes }, ...named].flatMap(({ title, rights }) => ofOne(title, rights))
}

function ofOne(title: string, { create, read, edit, delete: remove }: TypeRights): string[] {
  const reachesTooFar = ([['change', edit], ['delete', remove]] as const).filter(([, level]) => wider(level, read)).map(([verb]) => verb)
  return [
    ...(reachesTooFar.length > 0 ? [`${title}: ${reachesTooFar.join(' and ')} reaches further than see. What they cannot see they can neither change nor delete.`] : []),
    ...(create && read === 'no' ? [`${title}: they can create, and then do not see what they have made.`] : []),
  ]
}

function ofPermissions(rights: Rights, things: readonly Thing[]): string[] {
  const has = (permission: Permission) => rights.permissions.includes(permission)
  const some = (name: string, action: 'read' | 'edit' | 'delete') => { const { read, [action]: level } = ofType(rights, name); return read !== 'no' && level !== 'no' }
  // Users are no matter of roles: everybody sees himself, admins alone write them.
  const any = (test: (name: string) => boolean) => things.some(({ name }) => name !== 'User' && test(name))
  const changesOrMakes = (name: string) => some(name, 'edit') || ofType(rights, name).create
  return [
    ...(has('send') && !some('Campaign', 'read') ? ['Send: they see no campaign, so there is nothing that they could send.'] : []),
    ...(has('send') && some('Campaign', 'read') && !some('Campaign', 'edit') ? ['Send: they can change no campaign, and only whoever can change one may set its mass emails Pending.'] : []),
    ...(has('send') && some('Campaign', 'edit') && !some('TargetList', 'read') ? ['Send: they see no target list, so they cannot choose who gets a mass email.'] : []),
    ...(has('send') && some('Campaign', 'edit') && !some('EmailTemplate', 'read') ? ['Send: they see no email template, so they cannot choose what is sent.'] : []),
    ...(has('sendInformational') && !has('send') ? ['Send informational does nothing without Send.'] : []),
    ...(has('export') && !any((name) => some(name, 'read')) ? ['Export: they see nothing that they could export.'] : []),
    ...(has('massUpdate') && !any((name) => some(name, 'edit')) ? ['Mass update: they can change nothing.'] : []),
    ...(has('import') && !any(changesOrMakes) ? ['Import: they can neither create nor change anything, so every import is refused.'] : []),
  ]
}
