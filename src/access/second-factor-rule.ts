/** Of whom a second factor is demanded. The rule is set with the others of signing in (src/single-sign-on); what it comes to for a person is asked of the database here, so that it costs no query more. */
import { sql } from 'kysely'
import { AppError } from '../platform/errors.ts'

/** Over a row of `"user"`: may administer, as `isAdministrator` has it. */
export const administers = sql<boolean>`("user".type = 'admin' or exists (
  select from role where role.id = any("user".role_ids) and 'administer' = any(role.permissions)))`

/** Over a row of `"user"`: by its type and roles as they are now. */
export const needsSecondFactor = sql<boolean>`("user".type <> 'api' and exists (
  select from single_sign_on rule where rule.second_factor_for = 'everybody' or (rule.second_factor_for = 'administrators' and ${administers})))`

/** Over a row of `session` and its `"user"`: nothing else is open to this browser until a second factor is set up. */
export const isLimited = sql<boolean>`(session.came_by = 'password' and "user".second_factor_since is null and ${needsSecondFactor})`

export const secondFactorRequired = () => new AppError(
  'forbidden', 'secondFactorRequired', 'A second factor is required here of you, and you have none yet. Set one up first, at /second-factor in your browser; until then nothing else is open to you.')
