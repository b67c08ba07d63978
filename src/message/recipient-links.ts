/** The links of one delivery: signed, so that a click needs no look-up of who it was. What they answer is src/response's business. */
import { encodeToken, type TokenPurpose } from '../platform/token.ts'

export type RecipientLinks = {
  readonly optOutUrl: string
  readonly preferencesUrl: string
  readonly viewUrl: string
  /** The open pixel's image. */
  readonly openUrl: string
  /** Never seen by a person: whoever follows it is a machine. */
  readonly honeypotUrl: string
  /** The link with which clicks on a tracking URL are counted; by the tracking URL's number. */
  clickUrl(trackingUrlNumber: number): string
}

/**
 * `key` is the installation's key for links (`linkKeyPurpose`). Links of a `test` mail show what they would do and change nothing.
 * Each link is made when it is asked for: most mails use few of them.
 */
export const linksFor = (key: Buffer, publicUrl: string, { lane, id, test }: { lane: number; id: number; test?: boolean | undefined }): RecipientLinks =>
  new SignedLinks((path, purpose, link) => `${publicUrl}/${path}/${encodeToken(key, { purpose, lane, id, link, test })}`)

type SignedUrl = (path: string, purpose: TokenPurpose, link?: number) => string

/** The opt-out link stands in the header, the HTML and the text: signed once. */
class SignedLinks implements RecipientLinks {
  readonly #url: SignedUrl
  #optOutUrl: string | undefined

  constructor(url: SignedUrl) {
    this.#url = url
  }

  get optOutUrl() { return this.#optOutUrl ??= this.#url('u', 'optOut') }
  get preferencesUrl() { return this.#url('p', 'preferences') }
  get viewUrl() { return this.#url('v', 'view') }
  get openUrl() { return `${this.#url('o', 'open')}.gif` }
  get honeypotUrl() { return this.#url('h', 'honeypot') }
  clickUrl(trackingUrlNumber: number) { return this.#url('c', 'click', trackingUrlNumber) }
}

/** The purpose of the key that signs links, Message-IDs and envelope senders, for `secrets.key()`. */
export const linkKeyPurpose = 'links'

/** The open pixel, for the end of the body. */
export const openPixel = (links: RecipientLinks): string =>
  `<img src="${links.openUrl}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`

/** A link that no person sees or reaches by keyboard or screen reader. */
export const honeypot = (links: RecipientLinks): string =>
  `<a href="${links.honeypotUrl}" tabindex="-1" aria-hidden="true" style="display:none;mso-hide:all"></a>`
