/** Guesses the names that programs use from the words people use. */

/** `Service contract` → `ServiceContract`. */
export const typeNameOf = (words: string): string => parts(words).map(capital).join('')
/** `Licence number` → `licenceNumber`. */
export const fieldNameOf = (words: string): string => parts(words).map((part, index) => (index === 0 ? part : capital(part))).join('')
/** `Service contracts` → `service-contracts`. */
export const slugOf = (words: string): string => parts(words).join('-')

/** As most English nouns do; the person mends the rest. */
export function pluralOf(word: string): string {
  if (word.trim() === '') return ''
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/i.test(word) ? `${word}es` : `${word}s`
}

/** "a Doctor", "an Account". */
export const aOrAn = (words: string): string => `${/^[aeio]|^u(?!s|ni)/i.test(words) ? 'an' : 'a'} ${words}`

/** Letters without their marks, in lower case; a name must not begin with a digit. */
const parts = (words: string): string[] =>
  (words.replace(/ß/g, 'ss').normalize('NFD').replace(/\p{Mn}/gu, '').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().replace(/^[^a-z]+/, '').match(/[a-z0-9]+/g)) ?? []
const capital = (part: string): string => part.charAt(0).toUpperCase() + part.slice(1)
