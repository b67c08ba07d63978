/** How far a bounce loop came, step by step, and what to do where it stopped. Pure. */
import type { LoopStep } from './contract.ts'

export type Loop = {
  address: string; returnPath: string; sandbox: boolean; startedAt: Date
  /** When something came back, and then what it was: null where nobody understood it. */
  returnedAt: Date | null; door: string | null; kind: string | null; doubt: string | null; reply: string
}

/** What the outbox says of the mail; null once it has forgotten it. */
export type LoopMail = { status: string; reply: string; attempts: number; wireAt: Date | null; endedAt: Date | null }

/** Who reads what comes back, as it is now. */
export type LoopReader = { returnsTo: string; readBy: { name: string; error: string | null } | null; otherDoor: string | null; jobActive: boolean }

export type LoopState = { status: 'running' | 'succeeded' | 'failed'; steps: LoopStep[]; message: string; advice: string; endedAt: Date | null }

type Seen = { done: boolean; failed?: boolean; at?: Date | null; message: string; advice?: string }

/** Servers answer within seconds, and mailboxes are read each minute; whoever has not answered by then has lost it or keeps trying. */
export const loopWaitMs = 10 * 60_000

export function judgeLoop(loop: Loop, mail: LoopMail | null, reader: LoopReader, now: Date): LoopState {
  const seen = { sent: sent(mail), accepted: accepted(mail), arrived: arrived(loop, reader), recognised: recognised(loop), logged: logged(loop) }
  const all = Object.entries(seen) as [LoopStep['code'], Seen][]
  // What came back proves that it went out, whatever the outbox remembers.
  const doneUpTo = all.findLastIndex(([, { done }]) => done)
  const stop = all.slice(doneUpTo + 1)[0]
  const isOver = now.getTime() - loop.startedAt.getTime() > loopWaitMs
  const failed = stop !== undefined && (isOver || stop[1].failed === true)
  const steps = all.map(([code, step], index) => stepOf(code, step, index <= doneUpTo ? 'done' : index > doneUpTo + 1 ? 'open' : failed ? 'failed' : 'waiting'))
  if (!stop) return { status: 'succeeded', steps, message: `The bounce of ${loop.address} came back ${duration(loop)} and was recognised${doorWords(loop)}.`, advice: loop.sandbox ? sandboxWords : '', endedAt: loop.returnedAt }
  const { message, advice = '' } = stop[1]
  if (!failed) return { status: 'running', steps, message, advice: '', endedAt: null }
  const late = stop[1].failed ? '' : ' Ten minutes have gone by.'
  return { status: 'failed', steps, message: `The loop stopped at “${stepWords[stop[0]]}”: ${message}${late}`, advice, endedAt: mail?.endedAt ?? new Date(loop.startedAt.getTime() + loopWaitMs) }
}

export const stepWords: Record<LoopStep['code'], string> = {
  sent: 'sent', accepted: 'taken by the server', arrived: 'bounce came back', recognised: 'recognised', logged: 'attributed and logged',
}

export const sandboxWords = 'This was the Sandbox, which answers for addresses that begin with hard-bounce. Test again once a real account is set.'

const stepOf = (code: LoopStep['code'], { at, message }: Seen, state: LoopStep['state']): LoopStep =>
  ({ code, state, at: state === 'done' ? at?.toISOString() ?? null : null, message: state === 'open' ? '' : message })

function sent(mail: LoopMail | null): Seen {
  if (mail && mail.attempts > 0) return { done: true, at: mail.wireAt ?? mail.endedAt, message: 'A process took it up to send it.' }
  return { done: false, message: 'No process has carried the mail yet.', advice: 'Start a process with the role worker (TIDINGS_ROLES), or look at its log; then test again.' }
}

function accepted(mail: LoopMail | null): Seen {
  if (!mail) return { done: false, message: 'What the server answered is no longer known.', advice: 'Test again.' }
  if (mail.status === 'sent') return { done: true, at: mail.endedAt, message: `The server took it: ${mail.reply}` }
  if (mail.status === 'uncertain' || (mail.status === 'queued' && mail.wireAt)) return { done: true, at: mail.wireAt, message: 'The server did not answer the last line: it may have the mail.' }
  if (mail.status === 'failed') {
    return {
      done: false, failed: true, message: `The server refused it at once: ${mail.reply}`,
      advice: 'Of an address that the server itself knows not to exist nothing comes back: mass email learns it from this answer. Test with an address at a domain whose mail is kept elsewhere.',
    }
  }
  return {
    done: false, message: mail.reply ? `The server has not taken it: ${mail.reply}` : 'The server has not answered yet.',
    advice: 'See what the check “SMTP server” says, mend that, then test again.',
  }
}

const doors: Record<string, string> = { imap: 'It was read in a mailbox.', smtp: 'A mail server handed it to the SMTP receiver.', webhook: 'The provider told of it by webhook.', sandbox: 'The Sandbox answered.' }

function arrived({ returnedAt, door, returnPath, sandbox }: Loop, reader: LoopReader): Seen {
  if (returnedAt) return { done: true, at: returnedAt, message: doors[door ?? ''] ?? 'It came back.' }
  const advice = sandbox ? 'A process with the role sender runs the Sandbox: see whether one is running.' : adviceToRead(reader)
  return { done: false, message: `Nothing has come back to ${returnPath} yet.`, advice }
}

function adviceToRead({ returnsTo, readBy, otherDoor, jobActive }: LoopReader): string {
  if (!readBy && !otherDoor) return `Nobody reads ${returnsTo}. Add its mailbox in Administration > Group Email Accounts, then test again.`
  if (readBy?.error) return `${readBy.name} cannot be read: ${readBy.error} Mend that in Administration > Group Email Accounts, then test again.`
  if (!otherDoor && !jobActive) return 'The job Check Group Email Accounts is inactive. Activate it in Administration > Scheduled Jobs, then test again.'
  return `See whether the bounce lies in a folder that is not monitored (junk, for one), and whether mail to ${returnsTo} reaches ${otherDoor ?? `the mailbox of ${readBy!.name}`} at all: its MX, its catch-all or +suffix.`
}

const isBounce = (kind: string | null) => kind === 'hard' || kind === 'soft'

function recognised({ returnedAt, kind, reply }: Loop): Seen {
  if (isBounce(kind)) return { done: true, at: returnedAt, message: `It is a ${kind} bounce${reply ? `: ${reply}` : '.'}` }
  if (kind === 'delayed') return { done: false, message: `The server says that it keeps trying: ${reply}`, advice: 'It gives up after some days. Test with an address at another domain.' }
  return {
    done: false, failed: returnedAt !== null, message: returnedAt ? 'What came back was not understood as a bounce.' : 'Nothing to recognise yet.',
    advice: 'Look at it in Administration > Group Email Accounts > All that came back: somebody may have answered, so the address exists. Test with another one.',
  }
}

function logged({ returnedAt, kind, doubt }: Loop): Seen {
  if (isBounce(kind) && doubt === null) return { done: true, at: returnedAt, message: 'It carries our signature of this very mail: a recipient of mass email would now be known as unreachable.' }
  return {
    done: false, failed: isBounce(kind), message: doubt === 'otherAddress' ? 'It speaks of another address than the one that was mailed.' : 'It does not carry our signature of the mail, so it proves nothing.',
    advice: 'Switch VERP on in Administration > Outbound Emails: then every bounce comes to a signed address, whatever its server writes.',
  }
}

function duration({ startedAt, returnedAt }: Loop): string {
  const seconds = Math.max(0, Math.round((returnedAt!.getTime() - startedAt.getTime()) / 1_000))
  return seconds < 120 ? `after ${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `after ${Math.round(seconds / 60)} minutes`
}

const doorWords = ({ sandbox }: Loop) => (sandbox ? ', in the Sandbox' : '')
