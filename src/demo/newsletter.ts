/** The letter that the demo sends: tables and inline styles, as mail programs need them, and no picture that would have to be fetched. */

type Links = { firstPages: string; signedCopies: string; reading: string; thanks: string }

const serif = 'font-family:Georgia,\'Times New Roman\',serif'
const sans = 'font-family:Helvetica,Arial,sans-serif'

/** A cover made of a coloured cell: it shows even where pictures are off. */
const book = ({ title, author, text, color, link, action }: { title: string; author: string; text: string; color: string; link: string; action: string }) => `
<tr><td style="padding:14px 40px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>
<td width="140" height="150" valign="bottom" bgcolor="${color}" style="background:${color};padding:16px;border-radius:3px;${serif};font-size:21px;line-height:25px;color:#ffffff">${title}<br><span style="${sans};font-size:11px;line-height:22px">${author}</span></td>
<td valign="top" style="padding:2px 0 0 24px;${serif};font-size:16px;line-height:25px;color:#3c3832">
<p style="margin:0 0 10px">${text}</p>
<p style="margin:0"><a href="${link}" style="${sans};font-size:14px;color:${color};font-weight:bold">${action}&nbsp;→</a></p></td>
</tr></table></td></tr>`

export const subject = '{Person.firstName|Dear reader}, our autumn list is here'

/** Each argument is what stands in an href, such as `{trackingUrl:ID}`. */
export const newsletter = (links: Links): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The autumn list</title>
<style>
  @media (max-width: 620px) { .sheet { width: 100% !important } }
  a:hover { text-decoration: none }
</style>
</head>
<body style="margin:0;padding:0;background:#ece7de">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#ece7de"><tr><td align="center" style="padding:28px 12px">
<table role="presentation" class="sheet" width="600" cellpadding="0" cellspacing="0" style="background:#fffdf9;border-radius:6px">
<tr><td style="padding:34px 40px 0;${sans};font-size:12px;letter-spacing:2px;color:#6d655a">HARBOUR &amp; FINCH</td></tr>
<tr><td style="padding:8px 40px 0;${serif};font-size:38px;line-height:44px;color:#22303c">The autumn list</td></tr>
<tr><td style="padding:18px 40px 6px;${serif};font-size:17px;line-height:27px;color:#3c3832">
<p style="margin:0 0 14px">Dear {Person.firstName|reader},</p>
<p style="margin:0">three books leave our press this autumn. We printed them slowly, and we would rather tell you ourselves than have you find them by chance.</p></td></tr>
${book({ title: 'The Salt Ledger', author: 'Aoife Brennan', text: 'A harbour clerk counts what the sea gives back. A novel in twelve tides, and our book of the year.', color: '#1f5673', link: links.firstPages, action: 'Read the first pages' })}
${book({ title: 'Kleine Wege', author: 'Jürgen Weiß', text: 'Forty short walks, written after each of them. Bilingual, with maps drawn by hand.', color: '#7a4419', link: links.signedCopies, action: 'Reserve a signed copy' })}
${book({ title: 'Сад', author: 'Олена Шевченко', text: 'Poems about a garden that was moved three times, with the translation on the facing page.', color: '#4c6b3c', link: links.reading, action: 'Come to the reading' })}
<tr><td align="center" style="padding:18px 40px 34px"><a href="${links.thanks}" style="display:inline-block;background:#22303c;color:#ffffff;${sans};font-size:15px;text-decoration:none;padding:13px 26px;border-radius:4px">Tell us which one you will read</a></td></tr>
<tr><td style="padding:20px 40px 30px;border-top:1px solid #e4ddd0;${sans};font-size:12px;line-height:19px;color:#6d655a">
You get this letter because you signed up in our shop or at a book fair.<br>{companyAddress}<br>
<a href="{optOutUrl}" style="color:#6d655a">Unsubscribe</a> · <a href="{preferencesUrl}" style="color:#6d655a">Choose your topics</a> · <a href="{viewInBrowserUrl}" style="color:#6d655a">View in browser</a></td></tr>
</table></td></tr></table>
</body>
</html>
`
