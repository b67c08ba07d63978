/** One recipient, one message, as it is handed to a server. */

/** `content` is the whole message with CRLF line ends, not dot-stuffed. */
export type Envelope = {
  from: string
  to: string
  content: Buffer
  /** Holds bytes above 127. */
  eightBit?: boolean | undefined
  /** Its header does: RFC 6532. */
  utf8Header?: boolean | undefined
}
