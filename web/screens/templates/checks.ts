/** What can be told about a template from its text alone, while it is being written. The pre-flight of a mass email knows more. Pure. */
export type TemplateCheck = { level: 'ok' | 'warning' | 'error'; message: string }
export type Draft = { subject: string; body: string; format: string; textBody: string | null }

/** Gmail cuts off mail that is longer. */
const longestBytes = 102 * 1024

export function checkDraft({ subject, body, format }: Draft): TemplateCheck[] {
  const html = format === 'html'
  return [
    ...(subject.trim() ? [] : [error('There is no subject yet.')]),
    ...(body.trim() ? [] : [error('There is no text yet.')]),
    ...(body.trim() ? [optOut(body)] : []),
    ...(html ? [...imagesWithoutAlt(body), ...plainLinks(body), ...size(body)] : []),
  ]
}

const error = (message: string): TemplateCheck => ({ level: 'error', message })
const warning = (message: string): TemplateCheck => ({ level: 'warning', message })

const optOut = (body: string): TemplateCheck => /\{optOut(Url|Link)\}/.test(body)
  ? { level: 'ok', message: 'The opt-out link is in the text.' }
  : { level: 'ok', message: 'No opt-out link in the text: one is appended, with the postal address.' }

function imagesWithoutAlt(body: string): TemplateCheck[] {
  const count = (body.match(/<img\b[^>]*>/gi) ?? []).filter((tag) => !/\balt\s*=/i.test(tag)).length
  if (count === 0) return []
  return [warning(count === 1 ? 'An image has no alt text: blind readers, and all with images off, miss it.' : `${count} images have no alt text: blind readers, and all with images off, miss them.`)]
}

function plainLinks(body: string): TemplateCheck[] {
  const count = (body.match(/\bhref\s*=\s*["']?http:\/\//gi) ?? []).length
  return count === 0 ? [] : [warning(count === 1 ? 'A link is plain http. Many readers are warned of it; use https.' : `${count} links are plain http. Many readers are warned of them; use https.`)]
}

function size(body: string): TemplateCheck[] {
  const bytes = new TextEncoder().encode(body).length
  if (bytes <= longestBytes) return []
  return [warning(`${Math.round(bytes / 1024).toLocaleString()} kB: Gmail cuts off what is longer than 102 kB, with the opt-out link.`)]
}
