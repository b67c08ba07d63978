/** The logo at the head of mail that the product writes. */
import type { MessageFile } from '../message/files.ts'
import type { Db } from '../platform/db.ts'
import { readImage } from '../settings/images.ts'
import type { GeneralSettings } from '../settings/settings.ts'
import type { Part } from './letter.ts'

const widest = 160
const contentId = 'logo@tidings'

/** Empty where there is none. */
export async function logoParts(db: Db, { logo, companyName }: Pick<GeneralSettings, 'logo' | 'companyName'>): Promise<{ parts: Part[]; files: MessageFile[] }> {
  const image = logo === null ? undefined : await readImage(db, logo)
  if (!image) return { parts: [], files: [] }
  return {
    parts: [{ kind: 'picture', contentId, alt: companyName, width: Math.min(widest, image.width) }],
    files: [{ fileName: image.contentType === 'image/png' ? 'logo.png' : 'logo.jpg', contentType: image.contentType, content: image.content, contentId }],
  }
}
