/** How every command shows what it did: sentences for a person, one JSON document with --json. */
import { Command } from 'commander'

/** `text` is what a person reads, `data` what --json prints; `failed` makes the exit code 1 although the answer is complete. */
export type Outcome = { text: string; data: object; failed?: boolean }

/** A word that only gathers commands, such as `user` in `user reset-password`. */
export const group = (name: string, description: string): Command => new Command(name).description(description)

/** A command with --json whose action answers an outcome. Arguments come first, options last, as commander hands them over. */
export function command(name: string, description: string): Command {
  return new Command(name).description(description).option('--json', 'print the result as JSON')
}

export const shows = <Args extends unknown[]>(act: (...args: Args) => Promise<Outcome>) => async (...args: Args): Promise<void> => {
  const self = args.at(-1) as Command
  const { text, data, failed } = await act(...args)
  console.log(self.opts()['json'] ? JSON.stringify(data, null, 2) : text)
  if (failed) process.exitCode = 1
}
