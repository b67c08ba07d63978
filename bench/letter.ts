/** The message of the sending benchmark: about 10 kB of personalised HTML and text, one tracking URL, opt-out link, pixel. */

const words = 'We print slowly and tell you in good time what is coming, what is sold out and what we would read ourselves if we had the evening. '

const paragraph = (number: number) =>
  `<tr><td style="padding:8px 24px;font-family:Georgia,serif;font-size:16px;line-height:24px"><h2>Part ${number}, for {Person.firstName|you}</h2><p>${words.repeat(3)}</p></td></tr>`

export const subject = 'News for {Person.name}'

export const letter = `<html><body><table width="600">
<tr><td>Dear {Person.firstName} {Person.lastName},</td></tr>
${Array.from({ length: 9 }, (_, index) => paragraph(index + 1)).join('\n')}
<tr><td><a href="{link}">The offer of the month</a> · <a href="{optOutUrl}">Unsubscribe</a></td></tr>
</table></body></html>`
