/** Passwords: argon2id (RFC 9106), about 10 ms a check. Rules for what is accepted stand here too. */
import { hash, verify } from '@node-rs/argon2'

export const minimumPasswordLength = 8

export const hashPassword = (password: string): Promise<string> => hash(password)

/** Takes the same time for an unknown user: without a hash, one of nothing is checked. */
export async function passwordMatches(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? await nobodysHash, password)
  return passwordHash !== null && matches
}

const nobodysHash = hash('nobody has this password')
