/** A relationship while it is typed: labels and names are guessed from both ends until somebody types others. */
import type { RelationshipInput } from '../../../src/entity-manager/contract.ts'
import { fieldNameOf } from './names.ts'
import { type EndWords, type Kind, leftHasMany, rightHasMany, targetList } from './relationship-words.ts'

export type RelationshipDraft = {
  other: string | null
  kind: Kind
  /** Null while guessed. */
  leftLabel: string | null
  rightLabel: string | null
  leftName: string | null
  rightName: string | null
}

export const newRelationship = (withTargetList: boolean): RelationshipDraft =>
  ({ other: withTargetList ? targetList : null, kind: withTargetList ? 'manyToMany' : 'manyToOne', leftLabel: null, rightLabel: null, leftName: null, rightName: null })

/** What it would be called: at the left stands the type that is looked at. */
export function wholeOf(draft: RelationshipDraft, left: EndWords, right: EndWords) {
  const leftLabel = draft.leftLabel ?? (leftHasMany(draft.kind) ? right.many : right.one)
  const rightLabel = draft.rightLabel ?? (rightHasMany(draft.kind) ? left.many : left.one)
  return { leftLabel, rightLabel, leftName: draft.leftName ?? fieldNameOf(leftLabel), rightName: draft.rightName ?? fieldNameOf(rightLabel) }
}

export const bodyOf = (type: string, draft: RelationshipDraft, names: ReturnType<typeof wholeOf>): RelationshipInput => ({ kind: draft.kind, left: type, right: draft.other!, ...names })
