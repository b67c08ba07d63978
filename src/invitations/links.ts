/** Links in mail that open a door once: a random text behind the `#` of an address, which no server and no log along the way sees; stored as its SHA-256. */
import { hashOf, newSecretText } from '../access/secret-text.ts'
import { AppError } from '../platform/errors.ts'
import type { GeneralSettings } from '../settings/settings.ts'

export type Page = 'reset-password' | 'invitation'

export function newLink({ siteUrl }: Pick<GeneralSettings, 'siteUrl'>, page: Page): { url: string; hash: string } {
  const secret = newSecretText('')
  // By the Site URL alone: what a request says about its host is said by whoever sends it.
  return { url: `${siteUrl}/${page}#${secret}`, hash: hashOf(secret) }
}

export const linkIsOver = () => new AppError('notFound', 'linkOver', 'This link was used, is too old, or was replaced by a newer one. Ask for another.')
