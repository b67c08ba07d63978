/** The frame of every public page: one column, no script, no request to anywhere, light and dark. Pure. */
import { createHash } from 'node:crypto'
import { escapeHtml } from '../platform/escape-html.ts'
import type { Language } from './texts.ts'

/** HTML that is safe to join: made by the template tag `html`, never from a reader's text. */
export type Html = { readonly html: string }

/** Markup with values: texts are escaped, Html and lists of it are put in as they are. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const shown = (value: string | Html | Html[]): string =>
    typeof value === 'string' ? escapeHtml(value) : Array.isArray(value) ? value.map(({ html: each }) => each).join('') : value.html
  return { html: parts.reduce((text, part, index) => text + shown(values[index - 1]!) + part) }
}

const style = `
:root{color-scheme:light dark;--ground:#f3f4f6;--sheet:#fff;--ink:#1f2430;--soft:#555e6e;--line:#767f8e;--act:#1d4ed8;--on-act:#fff;--note:#e8f0fe;--bad:#b42318}
@media (prefers-color-scheme:dark){:root{--ground:#14171c;--sheet:#1f242c;--ink:#eef1f5;--soft:#b3bcc9;--line:#8b95a3;--act:#9dbcff;--on-act:#10203f;--note:#263450;--bad:#ff9d94}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem}
.company{margin:0 0 1rem;color:var(--soft);font-weight:600}
.company img{display:block;max-width:12rem;max-height:4rem}
.sheet{background:var(--sheet);border-radius:.75rem;padding:1.5rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
.note{background:var(--note);border-radius:.5rem;padding:.75rem 1rem}
form{margin:1rem 0 0}
fieldset{border:0;padding:0;margin:0}
legend{padding:0;margin:0 0 .5rem;color:var(--soft)}
label{display:block;margin:0 0 .25rem}
.topic{display:flex;gap:.75rem;align-items:flex-start;padding:.625rem 0;margin:0}
.topic input{width:1.5rem;height:1.5rem;flex:none;margin:0;accent-color:var(--act)}
.topic span span{display:block;color:var(--soft);font-size:.9375rem}
textarea,select,input:not([type=checkbox],[type=hidden]){width:100%;min-height:2.75rem;padding:.5rem .625rem;font:inherit;color:inherit;background:var(--sheet);border:1px solid var(--line);border-radius:.5rem}
textarea{min-height:4.5rem}
.row{margin:0 0 1rem}
.row .topic,fieldset .row{margin:0}
fieldset{min-width:0}
.soft{color:var(--soft)}
.fault{color:var(--bad);margin:.25rem 0 0}
[role=alert].fault{margin:0 0 1rem;font-weight:600}
[aria-invalid]{border-color:var(--bad)!important}
.away{position:absolute;left:-9999px}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1rem}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.25rem;border-radius:.5rem;border:2px solid var(--act);cursor:pointer;background:var(--act);color:var(--on-act)}
button.second{background:transparent;color:var(--act)}
a{color:var(--act)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
`

const policyOf = (formAction: string): string => [
  "default-src 'none'", "img-src 'self'", `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`, `form-action ${formAction}`, "base-uri 'none'", "frame-ancestors 'none'",
].join('; ')

/** `style` is named by its hash (CSP 3): nothing else can style, script or frame the page. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'content-security-policy': policyOf("'self'"),
}

/** Where the answer to a form leads on to another place, browsers hold that against the page's form-action too. */
export const pageHeadersLeadingTo = (url: string) => ({ ...pageHeaders, 'content-security-policy': policyOf(`'self' ${new URL(url).origin}`) })

/** `logoUrl` stands in place of the company's name. */
export type Page = { language: Language; companyName: string; logoUrl?: string | null; title: string; body: Html }

export function renderPage({ language, companyName, logoUrl, title, body }: Page): string {
  const company = logoUrl ? html`<p class="company"><img src="${logoUrl}" alt="${companyName}"></p>` : companyName ? html`<p class="company">${companyName}</p>` : html``
  return `<!doctype html>\n${html`<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${companyName ? `${title} – ${companyName}` : title}</title><style>${{ html: style }}</style></head>
<body><main>${company}<div class="sheet"><h1>${title}</h1>${body}</div></main></body></html>`.html}`
}

/** Text as it was typed: paragraphs and line breaks, nothing else. */
export const paragraphs = (text: string): Html[] =>
  text.split(/\n{2,}/).map((part) => html`<p>${part.split('\n').flatMap((line, index) => (index ? [html`<br>`, html`${line}`] : [html`${line}`]))}</p>`)
