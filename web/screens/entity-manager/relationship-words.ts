/** Relationships in words: "A Doctor has many Accounts". */
import type { Relationship } from '../../../src/entity-manager/contract.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { inWords } from '../../ui/words.ts'
import { aOrAn } from './names.ts'

export const targetList = 'TargetList'
export type Kind = Relationship['kind']
/** One and many of an end. */
export type EndWords = { one: string; many: string }

export function endWords(types: Pick<EntityType, 'name' | 'plural'>[], name: string): EndWords {
  if (name === targetList) return { one: 'Target List', many: 'Target Lists' }
  return { one: inWords(name), many: types.find((type) => type.name === name)?.plural ?? inWords(name) }
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
const has = (from: EndWords, to: EndWords, many: boolean) => `${capital(aOrAn(from.one))} has ${many ? `many ${to.many}` : `one ${to.one}`}`

export const leftHasMany = (kind: Kind): boolean => kind !== 'manyToOne'
export const rightHasMany = (kind: Kind): boolean => kind !== 'oneToMany'

/** What is true of each end. */
export const sentences = (kind: Kind, left: EndWords, right: EndWords): [string, string] => [has(left, right, leftHasMany(kind)), has(right, left, rightHasMany(kind))]

/** Both in one: "A Doctor has one Account, an Account has many Doctors". */
export const inOneSentence = ([first, second]: [string, string]): string => `${first}, ${second.charAt(0).toLowerCase()}${second.slice(1)}`

/** The other end of the same relationship first: seen from the type that is looked at. */
export function seenFrom(type: string, relationship: Relationship): Relationship {
  if (relationship.left === type) return relationship
  const { left, right, leftName, rightName, leftLabel, rightLabel, kind } = relationship
  const turned = { manyToOne: 'oneToMany', oneToMany: 'manyToOne', manyToMany: 'manyToMany' } as const
  return { ...relationship, kind: turned[kind], left: right, right: left, leftName: rightName, rightName: leftName, leftLabel: rightLabel, rightLabel: leftLabel }
}
