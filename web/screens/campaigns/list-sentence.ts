/** Says in words who a target list made from the campaign log will hold. Pure. */
import { type LogAction, logActions } from './log-actions.ts'

export type ListChoice = {
  including: LogAction[]
  excluding: LogAction[]
  massEmails: string[]
  links: string[]
  /** Plural names: "contacts". Empty: all types. */
  entityTypes: string[]
  from: string | null
  to: string | null
  machine: 'exclude' | 'include'
}

export function listSentence(choice: ListChoice): string {
  if (choice.including.length === 0) return 'Choose at least one thing that happened.'
  const who = choice.entityTypes.length > 0 ? `All ${listed(choice.entityTypes, 'and')} who` : 'Everybody who'
  const did = listed(choice.including.map((action) => clicked(action, choice.links)), 'or')
  const not = choice.excluding.map((action) => ` and ${logActions[action].didNot}`).join('')
  const where = choice.massEmails.length > 0 ? `, in ${listed(choice.massEmails.map(quoted), 'or')}` : ''
  return `${who} ${did}${not}${where}${span(choice)}. ${machines(choice)}Each person once; opt-outs are carried over and tests never count.`
}

const clicked = (action: LogAction, links: string[]) =>
  action === 'clicked' && links.length > 0 ? `clicked ${listed(links.map(quoted), 'or')}` : logActions[action].did

const span = ({ from, to }: ListChoice) => (from && to ? `, between ${from} and ${to}` : from ? `, since ${from}` : to ? `, until ${to}` : '')

const machines = ({ machine, including }: ListChoice) => {
  const hits = including.some((action) => action === 'opened' || action === 'clicked')
  if (!hits) return ''
  return machine === 'exclude' ? 'Opens and clicks by machines are left out. ' : 'Opens and clicks by machines count too. '
}

const quoted = (name: string) => `“${name}”`

const listed = (parts: string[], word: 'and' | 'or') =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`
