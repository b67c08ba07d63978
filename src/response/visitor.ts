/** What is kept of whoever follows a link: a mark that recognises the same visitor again. Pure. */
import { createHmac } from 'node:crypto'

/** Neither address nor agent can be read from it. */
export const visitorMark = (key: Buffer, { ip, userAgent }: { ip: string; userAgent: string }): string =>
  createHmac('sha256', key).update(`${ip}\n${userAgent}`).digest('hex').slice(0, 16)
