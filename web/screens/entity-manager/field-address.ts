/** Where a field is in the API: definitions call it `account`, records `accountId`. */
import type { EntityType, Field } from '../../api/entity-types.ts'

export const fieldAddress = (type: EntityType, field: Field) => ({ name: type.name, field: field.definedAs ?? field.name })
