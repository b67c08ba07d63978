/** Settings from the environment, read once: this is their whole list (spec: outside interface). */
import { resolve } from 'node:path'
import { z } from 'zod'
import { parseNetwork } from './networks.ts'

export const roles = ['web', 'worker', 'sender'] as const
export type Role = (typeof roles)[number]

const list = (text: string) => text.split(',').map((part) => part.trim()).filter(Boolean)
/** As short as one of ours never was, and as somebody could guess it. */
const shortestSecret = 16
const longEnough = (secret: string) => secret.length >= shortestSecret
/** One that has a comma in it is in the list as a whole, too; and alone where a piece of it is no secret. */
const secretsIn = (text: string) => [...new Set([...(list(text).every(longEnough) ? list(text) : []), text.trim()])].filter(Boolean)
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))

const variables = z.object({
  TIDINGS_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  TIDINGS_HOST: z.string().default('127.0.0.1'),
  TIDINGS_DATA_DIR: z.string().default('./data').transform((path) => resolve(path)),
  DATABASE_URL: z.string().optional(),
  TIDINGS_SITE_URL: url.optional(),
  TIDINGS_PUBLIC_URL: url.optional(),
  TIDINGS_ADMIN_EMAIL: z.email().optional(),
  TIDINGS_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  TIDINGS_API_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  TIDINGS_SECRET: z.string().min(shortestSecret, `must have at least ${shortestSecret} characters`).optional(),
  /** Secrets from before, separated by commas: they open and are believed, and are used for nothing new. */
  TIDINGS_SECRET_PREVIOUS: z.string().default('').transform(secretsIn)
    .refine((secrets) => secrets.every(longEnough), `must be secrets of at least ${shortestSecret} characters each, with commas between`),
  TIDINGS_ROLES: z.string().default(roles.join(',')).transform(list).pipe(z.array(z.enum(roles)).min(1)),
  TIDINGS_TRUSTED_PROXIES: z.string().default('').transform(list),
  TIDINGS_ALLOW_PRIVATE: z.string().default('').transform(list).pipe(z.array(z.string().refine((text) => parseNetwork(text) !== null, 'must be networks such as 10.0.0.0/8, with commas between'))),
  TIDINGS_DNS: z.string().optional(),
  /** Where the SMTP receiver of the bounce domain listens; without a port there is none. */
  TIDINGS_BOUNCE_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  TIDINGS_BOUNCE_HOST: z.string().default('0.0.0.0'),
  TIDINGS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
})

export type Environment = ReturnType<typeof readEnvironment>

/** Reads and checks the variables; an empty one counts as not set. Throws one error that names every wrong variable. */
export function readEnvironment(env: Record<string, string | undefined> = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const read = variables.safeParse(given)
  if (!read.success) throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
  const value = read.data
  return {
    port: value.TIDINGS_PORT,
    host: value.TIDINGS_HOST,
    dataDir: value.TIDINGS_DATA_DIR,
    databaseUrl: value.DATABASE_URL,
    siteUrl: value.TIDINGS_SITE_URL,
    publicUrl: value.TIDINGS_PUBLIC_URL,
    admin: value.TIDINGS_ADMIN_EMAIL && value.TIDINGS_ADMIN_PASSWORD
      ? { emailAddress: value.TIDINGS_ADMIN_EMAIL, password: value.TIDINGS_ADMIN_PASSWORD, apiKey: value.TIDINGS_API_KEY }
      : undefined,
    secret: value.TIDINGS_SECRET,
    previousSecrets: value.TIDINGS_SECRET_PREVIOUS,
    roles: value.TIDINGS_ROLES,
    trustedProxies: value.TIDINGS_TRUSTED_PROXIES,
    allowPrivate: value.TIDINGS_ALLOW_PRIVATE,
    dns: value.TIDINGS_DNS,
    bounceReceiver: value.TIDINGS_BOUNCE_PORT === undefined ? undefined : { host: value.TIDINGS_BOUNCE_HOST, port: value.TIDINGS_BOUNCE_PORT },
    logLevel: value.TIDINGS_LOG_LEVEL,
  }
}
