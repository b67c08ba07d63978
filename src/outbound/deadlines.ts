/** How long a server may take for each answer, in milliseconds: the minimum that RFC 5321 4.5.3.2 asks of a client. */
export type Deadlines = { connect: number; banner: number; ehlo: number; starttls: number; auth: number; mail: number; rcpt: number; data: number; dot: number }

const minute = 60_000

export const standardDeadlines: Deadlines = {
  connect: 0.5 * minute, banner: 5 * minute, ehlo: 5 * minute, starttls: 2 * minute, auth: 2 * minute,
  mail: 5 * minute, rcpt: 5 * minute, data: 2 * minute,
  // The longest one on purpose: giving up too early after the dot is how duplicates are made.
  dot: 10 * minute,
}

/** For a person who waits in front of a screen: Send Test and the account's own test. */
export const impatientDeadlines: Deadlines = {
  connect: 10_000, banner: 10_000, ehlo: 10_000, starttls: 10_000, auth: 10_000, mail: 10_000, rcpt: 20_000, data: 10_000, dot: 30_000,
}

/** For Delivery Health, which asks only whether a server lets us in, and has five seconds. */
export const hurriedDeadlines: Deadlines = { ...impatientDeadlines, connect: 4_500, banner: 4_500, ehlo: 4_500, starttls: 4_500, auth: 4_500 }
