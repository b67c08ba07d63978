import { expect, test } from 'vitest'
import { type Actor, levelOf, may, mayCreate, needsApproval } from './actor.ts'
import { everything, noRights, nothing, type Rights, widest } from './rights.ts'

const actorWith = (rights: Rights): Actor => ({ userId: 'u', userName: 'u', type: 'regular', via: 'session', ip: '', rights })

test('of several roles the widest wins, action by action, also where one names a type and the other does not', () => {
  const rights = widest([
    { types: { Contact: { create: false, read: 'team', edit: 'own', delete: 'no' } }, otherTypes: nothing, permissions: ['export'] },
    { types: { Lead: everything }, otherTypes: { create: true, read: 'own', edit: 'own', delete: 'own' }, permissions: ['send', 'export'] },
  ])
  expect(rights.types).toEqual({ Contact: { create: true, read: 'team', edit: 'own', delete: 'own' }, Lead: everything })
  expect(rights.permissions).toEqual(['export', 'send'])
  expect(levelOf(actorWith(rights), 'Doctor', 'read')).toBe('own')
})

test('without a role nothing is allowed, and a type admin may do everything', () => {
  expect([levelOf(actorWith(noRights), 'Contact', 'read'), mayCreate(actorWith(noRights), 'Contact'), may(actorWith(noRights), 'send')]).toEqual(['no', false, false])
  const admin: Actor = { ...actorWith(noRights), type: 'admin' }
  expect([levelOf(admin, 'Contact', 'delete'), mayCreate(admin, 'Contact'), may(admin, 'administer')]).toEqual(['all', true, true])
})

test('what may not be read can be neither changed nor deleted', () => {
  const actor = actorWith({ ...noRights, types: { Contact: { create: true, read: 'own', edit: 'all', delete: 'team' } } })
  expect([levelOf(actor, 'Contact', 'edit'), levelOf(actor, 'Contact', 'delete')]).toEqual(['own', 'own'])
})

test('a name from JavaScript itself is no type', () => {
  expect(levelOf(actorWith({ ...noRights, types: {} }), 'constructor', 'read')).toBe('no')
})

test('sending needs approval while every role that lets somebody send asks for it; a user of type Admin needs none', () => {
  const asks = { ...noRights, permissions: ['send'] as const, sendNeedsApproval: true }
  const asksNot = { ...noRights, permissions: ['send'] as const }
  const cannotSend = { ...noRights, sendNeedsApproval: false }
  const needs = (...roles: Rights[]) => needsApproval(actorWith(widest(roles)))
  expect([needs(asks), needs(asks, asks), needs(asks, asksNot), needs(asks, cannotSend), needs(cannotSend)]).toEqual([true, true, false, true, false])
  expect(needsApproval({ ...actorWith(widest([asks])), type: 'admin' })).toBe(false)
})
