/** Which fields a column may become: what a form may write, and the id, by which exported records are found again. */
import type { EntityType, Field } from '../../api/entity-types.ts'
import { editableFields } from '../records/field-groups.ts'

const id: Field = {
  name: 'id', label: 'ID', type: 'text', required: false, unique: true, readOnly: false, default: null, maxLength: null, options: null, custom: false, relationshipId: null, entityType: null,
}

export const importableFields = (type: EntityType): Field[] => [...editableFields(type), id]
