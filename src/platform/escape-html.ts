/** Text written into HTML and XML, so that it stays text. Pure. */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const anywhere = /[&<>"']/
const inText = /[&<>]/

/** For every place: between tags, and in an attribute with quotes. Most texts have nothing to escape; mail is filled in by the thousand. */
export const escapeHtml = (text: string): string => (anywhere.test(text) ? text.replace(/[&<>"']/g, (letter) => entities[letter]!) : text)

/** Between tags only, where quotes may stay as they are. */
export const escapeText = (text: string): string => (inText.test(text) ? text.replace(/[&<>]/g, (letter) => entities[letter]!) : text)
