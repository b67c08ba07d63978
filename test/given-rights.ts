/** For tests of rights: somebody with the same level everywhere, and records of himself, of his team and of others. */
import { everything, type Level, type Permission, permissions, type Rights, type TypeRights } from '../src/access/rights.ts'
import type { TestApp } from './app.ts'

const notAdminister = permissions.filter((permission) => permission !== 'administer')

/** Everything up to this level, and every permission but to administer. */
export const upTo = (level: Level, given: readonly Permission[] = notAdminister): Rights =>
  ({ types: {}, otherTypes: level === 'no' ? { create: false, read: 'no', edit: 'no', delete: 'no' } : { create: true, read: level, edit: level, delete: level }, permissions: given })

/** May read all of one type, and change its own. */
export const readsAll: TypeRights = { ...everything, edit: 'own', delete: 'own' }

/** A team, somebody in it, a colleague in it, and somebody in no team. */
export async function givenTeam(app: TestApp, level: Level, given?: readonly Permission[]) {
  const { id: teamId } = (await app.api.post('/teams', { name: `Team ${Math.random()}` })).body as { id: string }
  const me = await app.givenUser('regular', { rights: upTo(level, given), teamIds: [teamId] })
  const other = await app.givenUser('regular')
  return { teamId, me, other, as: app.as(me.key) }
}
