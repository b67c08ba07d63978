/** A mail as text and HTML from the same parts: sentences, a picture, tables, a link. Everything is escaped; styles stand in the elements, as mail programs want it. Pure. */
import { escapeHtml } from '../platform/escape-html.ts'

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'quiet'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'picture'; contentId: string; alt: string; width: number }
  | { kind: 'table'; heads: string[]; numeric: boolean[]; rows: string[][] }
  | { kind: 'link'; text: string; url: string }

export const asHtml = (title: string, parts: readonly Part[]): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:16px;background:#ffffff;color:#182022;font-family:-apple-system,'Segoe UI',Roboto,Ubuntu,'Liberation Sans',Arial,sans-serif;font-size:14px;line-height:1.45">
<div style="max-width:680px;margin:0 auto">
<h1 style="font-size:20px;line-height:1.25;margin:0 0 12px">${escapeHtml(title)}</h1>
${parts.map(partAsHtml).join('\n')}
</div></body></html>
`

function partAsHtml(part: Part): string {
  switch (part.kind) {
    case 'text': return `<p style="margin:0 0 12px">${escapeHtml(part.text)}</p>`
    case 'quiet': return `<p style="margin:0 0 12px;color:#5a6668;font-size:12px">${escapeHtml(part.text)}</p>`
    case 'heading': return `<h2 style="font-size:15px;margin:20px 0 8px">${escapeHtml(part.text)}</h2>`
    case 'picture': return `<p style="margin:0 0 16px"><img src="cid:${escapeHtml(part.contentId)}" alt="${escapeHtml(part.alt)}" width="${part.width}" style="max-width:100%;height:auto;border:0"></p>`
    case 'link': return `<p style="margin:16px 0"><a href="${escapeHtml(part.url)}" style="color:#136c6e;font-weight:600">${escapeHtml(part.text)}</a></p>`
    case 'table': return tableAsHtml(part)
  }
}

function tableAsHtml({ heads, numeric, rows }: Extract<Part, { kind: 'table' }>): string {
  const align = (index: number) => (numeric[index] ? 'right' : 'left')
  const head = heads.map((text, index) => `<th scope="col" style="text-align:${align(index)};padding:6px 8px;border-bottom:2px solid #cfd6d6">${escapeHtml(text)}</th>`).join('')
  const row = (cells: string[]) => `<tr>${cells.map((text, index) => `<td style="text-align:${align(index)};padding:5px 8px;border-bottom:1px solid #dfe5e5;vertical-align:top">${escapeHtml(text)}</td>`).join('')}</tr>`
  return `<table cellspacing="0" cellpadding="0" style="border-collapse:collapse;width:100%;font-size:13px;margin:0 0 12px"><thead><tr>${head}</tr></thead><tbody>${rows.map(row).join('')}</tbody></table>`
}

export const asText = (title: string, parts: readonly Part[]): string => `${[title, '='.repeat(Math.min(title.length, 60)), ...parts.flatMap(partAsText)].join('\n')}\n`

function partAsText(part: Part): string[] {
  switch (part.kind) {
    case 'text': case 'quiet': return ['', part.text]
    case 'heading': return ['', part.text, '-'.repeat(Math.min(part.text.length, 60))]
    case 'picture': return []
    case 'link': return ['', part.text, part.url]
    case 'table': return ['', part.heads.join(' | '), ...part.rows.map((cells) => cells.join(' | '))]
  }
}
