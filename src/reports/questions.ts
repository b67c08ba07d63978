/** Questions of a report: their answers put into the filter where a leaf names them. A leaf without an answer is left out. Pure. */
import { type Fault, invalid } from '../platform/errors.ts'
import type { Question } from './contract.ts'

/** `asked`: which place of the filter holds the answer to which question, for telling what is wrong with it. */
export type Answered = { filter: unknown; asked: Map<string, string> }
export type Answers = Record<string, unknown>

/** As the filter compiler: what is deeper is refused there. */
const deepest = 31

const nothing = Symbol('no answer')
type Walk = { answerTo: (name: string) => unknown; keepUnanswered: boolean; asked: Map<string, string> }

/** The filter as it is run. An answer to what is not asked is refused: somebody means another report. */
export function withAnswers(filter: unknown, questions: readonly Question[], answers: Answers): Answered {
  const unknown = Object.keys(answers).filter((name) => !questions.some((question) => question.name === name))
  if (unknown.length > 0) throw invalid(unknown.map((name) => ({ path: `answers.${name}`.slice(0, 100), message: 'is not a question of this report' })))
  const answerTo = (name: string) => {
    if (Object.hasOwn(answers, name) && isAnswer(answers[name])) return answers[name]
    const byDefault = questions.find((question) => question.name === name)?.default
    return isAnswer(byDefault) ? byDefault : nothing
  }
  return walked(filter, { answerTo, keepUnanswered: false, asked: new Map() })
}

/** The filter with the defaults, for judging it: a leaf without one keeps its place, its value undefined. */
export function withDefaults(filter: unknown, questions: readonly Question[]): Answered {
  const byDefault = new Map(questions.map((question) => [question.name, question.default]))
  return walked(filter, { answerTo: (name) => (isAnswer(byDefault.get(name)) ? byDefault.get(name) : nothing), keepUnanswered: true, asked: new Map() })
}

/** Those that the filter waits for: nothing counts for them while nobody answers. */
export function openQuestions({ filter, questions }: { filter?: unknown; questions: readonly Question[] }): Question[] {
  const used = new Set(withDefaults(filter, questions).asked.values())
  return questions.filter((question) => used.has(question.name) && !isAnswer(question.default))
}

/** Faults of the filter, with the question's path where its answer is what is wrong. */
export const faultsOfAnswers = (faults: readonly Fault[], { asked }: Answered): Fault[] => faults.map((fault) => {
  const name = asked.get(fault.path)
  return name === undefined ? fault : { ...fault, path: `answers.${name}` }
})

/** An empty field of a form is no answer. */
const isAnswer = (value: unknown) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

function walked(filter: unknown, walk: Walk): Answered {
  const tree = node(filter ?? null, 'filter', 0, walk)
  return { filter: tree === nothing ? null : tree, asked: walk.asked }
}

function node(tree: unknown, path: string, depth: number, walk: Walk): unknown {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree) || depth > deepest) return tree
  const branch = (['and', 'or', 'not'] as const).find((key) => Object.hasOwn(tree, key))
  if (!branch) return leaf(tree as Record<string, unknown>, path, walk)
  const below = (tree as Record<string, unknown>)[branch]
  if (branch === 'not') {
    const condition = node(below, `${path}.not`, depth + 1, walk)
    return condition === nothing ? nothing : { ...tree, not: condition }
  }
  if (!Array.isArray(below) || below.length === 0) return tree
  const conditions: unknown[] = []
  for (const each of below) {
    const condition = node(each, `${path}.${branch}.${conditions.length}`, depth + 1, walk)
    if (condition !== nothing) conditions.push(condition)
  }
  return conditions.length === 0 ? nothing : { ...tree, [branch]: conditions }
}

function leaf(tree: Record<string, unknown>, path: string, walk: Walk): unknown {
  const filled: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(tree)) {
    const answer = fill(value, `${path}.${key}`, walk)
    if (answer === nothing && !walk.keepUnanswered) return nothing
    filled[key] = answer === nothing ? undefined : answer
  }
  return filled
}

/** A value, or a list of values, any of which may be a question. */
function fill(value: unknown, path: string, walk: Walk): unknown {
  const name = questionIn(value)
  if (name !== undefined) {
    walk.asked.set(path, name)
    return walk.answerTo(name)
  }
  if (!Array.isArray(value) || !value.some((each) => questionIn(each) !== undefined)) return value
  const filled = value.map((each) => fill(each, path, walk))
  return filled.includes(nothing) ? nothing : filled
}

function questionIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined
  const { question } = value as { question?: unknown }
  return typeof question === 'string' ? question : undefined
}
