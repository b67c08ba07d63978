/** A newsletter of the size that companies really send: 40 kB of tables and inline styles, 13 images, 15 links, placeholders in text and attributes. */

const paragraph = 'Every month we choose what our readers asked about most, write it down without hurry and add where to read on. '
  + 'This month: how a small press prints in four colours, what a good index is worth, and why the third chapter is so often the best one. Not for the hurried. '

const cell = 'font-family:Georgia,Times,serif;font-size:16px;line-height:26px;color:#33302b;padding:12px 24px 12px 24px;mso-line-height-rule:exactly'

const article = (number: number): string => `
<tr><td style="padding:0 24px"><img src="https://images.example/newsletter/cover-${number}.jpg" width="552" height="310" alt="Cover of book number ${number}" style="display:block;border:0;width:100%;height:auto"></td></tr>
<tr><td style="${cell}"><h2 style="margin:0 0 8px;font-size:22px;line-height:28px;color:#1d1b18">Book of the week no. ${number}, for {Person.firstName|you}</h2>
<p style="margin:0 0 12px">${paragraph.repeat(9)}</p>
<p style="margin:0"><a href="https://shop.example/books/${number}?from=newsletter&amp;month=11" style="color:#8a4b08">Read the first pages</a></p></td></tr>`

/** About 40,000 bytes; `{trackingUrl:ID}` once for each given id. */
export function newsletter(trackingUrlIds: string[] = []): string {
  const tracked = trackingUrlIds.map((id, index) => `<a href="{trackingUrl:${id}}" style="color:#8a4b08">Offer ${index + 1}</a>`).join(' · ')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Books of the month</title>
<style>@media (max-width:600px) { .wide { width:100% !important } .hide { display:none } } a:hover { text-decoration:underline }</style></head>
<body style="margin:0;background:#efece6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" class="wide" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff">
<tr><td style="${cell}">Dear {Contact.salutation} {Person.lastName|reader}, these are our books of {currentYear}.</td></tr>
${Array.from({ length: 13 }, (_, index) => article(index + 1)).join('')}
<tr><td style="${cell}">${tracked}</td></tr>
<tr><td style="${cell};font-size:13px;color:#77716a">{companyAddress}<br><a href="{optOutUrl}" style="color:#77716a">Unsubscribe</a> · <a href="{viewInBrowserUrl}" style="color:#77716a">View in browser</a></td></tr>
</table></td></tr></table></body></html>
`
}
