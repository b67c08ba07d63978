/** `tidings classify`: what a returned message is, without a database. For one file in words, for many as the lines that a scorer reads. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { BouncedRecipient, Classification } from '../bounce/classification.ts'
import { classify } from '../bounce/classify.ts'
import { invalid } from '../platform/errors.ts'
import { command, type Outcome, shows } from './outcome.ts'

type Options = { root: string; filesFrom?: string; jsonl?: boolean }

export const classifyCommand = () => command('classify', 'tell what messages are: bounce (hard or soft), delay notice, complaint, auto-reply, opt-out request or reply')
  .argument('[files...]', 'messages as they came (RFC 5322)')
  .option('--root <folder>', 'where the files lie', '.')
  .option('--files-from <list>', 'a file that names one message a line')
  .option('--jsonl', 'print one JSON object a message: file, kind (hard, soft, auto-reply, feedback, none), recipients')
  .addHelpText('after', '\nNothing is sent, stored or changed; no database is needed. Exit codes: 0 done, 1 a file could not be read, 2 asked for in the wrong way.')
  .action(async (files: string[], options: Options, self: Command) => {
    const names = await namesOf(files, options)
    return options.jsonl ? printLines(names, options.root) : shows((_self: Command) => outcomeOf(names, options.root))(self)
  })

async function namesOf(files: string[], { filesFrom, root }: Options): Promise<string[]> {
  if (filesFrom !== undefined && !existsSync(filesFrom)) throw invalid([{ path: '--files-from', message: `There is no file ${filesFrom}.` }])
  const listed = filesFrom === undefined ? [] : (await readFile(filesFrom, 'utf8')).split(/\r?\n/).filter((line) => line !== '')
  const names = [...files, ...listed]
  if (names.length === 0) throw invalid([{ path: '', message: 'Name a file, or a list of files with --files-from.' }])
  const missing = names.find((name) => !existsSync(resolve(root, name)))
  if (missing !== undefined) throw invalid([{ path: '', message: `There is no file ${resolve(root, missing)}.` }])
  return names
}

async function printLines(names: readonly string[], root: string): Promise<void> {
  for (const file of names) {
    const found = await classify(await readFile(resolve(root, file)))
    process.stdout.write(`${JSON.stringify({ file, kind: wordOf(found), recipients: found.recipients.map(({ address }) => address) })}\n`)
  }
}

/** The five words of the line format. A delay counts as soft there; wishing no more mail counts as feedback (RFC 5965 7.3, opt-out). */
function wordOf({ kind, bounce }: Classification): string {
  if (kind === 'bounce') return bounce!
  return ({ delayed: 'soft', feedback: 'feedback', optOut: 'feedback', autoReply: 'auto-reply' } as Record<string, string>)[kind] ?? 'none'
}

async function outcomeOf(names: readonly string[], root: string): Promise<Outcome> {
  const found: ({ file: string } & Classification)[] = []
  for (const file of names) found.push({ file, ...await classify(await readFile(resolve(root, file))) })
  const text = found.map((each) => (found.length > 1 ? `${each.file}: ${inWords(each)}` : inWords(each))).join('\n')
  return { text, data: found.length === 1 ? found[0]! : found }
}

const kinds = {
  bounce: 'bounce', delayed: 'delay notice', delivered: 'report that mail arrived', feedback: 'complaint', autoReply: 'auto-reply',
  optOut: 'opt-out request', reply: 'reply', other: 'other mail',
} satisfies Record<Classification['kind'], string>

const inWords = ({ kind, bounce, confidence, rule, recipients }: Classification): string =>
  [`${bounce ? `${bounce} ` : ''}${kinds[kind]} (${Math.round(confidence * 100)} % sure: ${rule})`, ...recipients.map(recipientInWords)].join('\n')

const recipientInWords = ({ address, bounce, status, reason, rule, diagnostic }: BouncedRecipient): string =>
  [`  ${address}: ${bounce ?? 'not failed'}, ${reason}${status ? `, ${status}` : ''} (${rule})`, ...(diagnostic ? [`    ${diagnostic}`] : [])].join('\n')
