/** What of a template is written in the editor. Its format is chosen when it is made. */
export type Format = 'html' | 'text'
export type Template = { name: string; subject: string; body: string; textBody: string | null }
