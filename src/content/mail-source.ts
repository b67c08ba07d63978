/** A mail as its author wrote it. */

/** `textBody` null: the text part is made of the body. With format `text` the body is the text part, and there is no other. */
export type MailSource = { subject: string; body: string; format: string; textBody: string | null }

export type MailPart = 'subject' | 'body' | 'textBody'
