/** A small notation in which the rules about words are written, so that a person can read and extend them. */

/**
 * One phrase a line, or several with ` | ` between them. ` ... ` stands for at most 50 characters of the same sentence; a text in `${…}` is
 * a list of words; the rest is a regular expression. They meet plain words (plain-words.ts): lower case, no accents, no names.
 */
export function phrases({ raw }: TemplateStringsArray, ...lists: string[]): RegExp {
  const lines = String.raw({ raw }, ...lists).trim().split('\n').map((line) => line.trim())
  const source = lines.join('|').replaceAll(' | ', '|').replace(/ ?\.\.\. ?/g, '[^.。]{0,50}').replace(/(?<!\\)\((?!\?)/g, '(?:')
  return new RegExp(source, 'u')
}
