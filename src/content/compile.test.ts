import { expect, test } from 'vitest'
import { compileMail, type CompileOptions } from './compile.ts'
import { emptyPlaceholders, type Filling, fillMail } from './fill.ts'
import type { MailSource } from './mail-source.ts'
import { linksToTrack } from './plain-links.ts'
import type { FieldWord, Vocabulary } from './vocabulary.ts'

const fields = (...names: string[]) => new Map<string, FieldWord>(names.map((name) => [name, { type: 'text', label: name }]))
const vocabulary: Vocabulary = new Map([
  ['Contact', { baseType: 'person', fields: fields('firstName', 'lastName', 'website', 'color').set('account', { type: 'link', label: 'Account', linksTo: 'Account' }) }],
  ['Lead', { baseType: 'person', fields: fields('firstName', 'status') }],
  ['User', { baseType: 'person', fields: fields('firstName', 'emailAddress') }],
  ['Account', { baseType: 'company', fields: fields('name', 'industry') }],
])
const options: CompileOptions = { vocabulary, trackingNumber: (id) => (id === 'shop' ? 7 : null), appendOptOut: false, tracked: false }

const anna: Filling = {
  entityType: 'Contact', isPerson: true, language: 'en', pixel: true,
  record: new Map([['firstName', 'Anna'], ['account.name', 'Smith & Sons']]),
  user: new Map([['firstName', 'Ursula']]),
  words: { today: 'March 1, 2030', now: 'March 1, 2030, 12:00', currentYear: '2030', companyAddress: 'Acme Inc.\n1 Main <Street>' },
  links: {
    optOutUrl: 'https://x.example/u/T', preferencesUrl: 'https://x.example/p/T', viewUrl: 'https://x.example/v/T', openUrl: 'https://x.example/o/T.gif',
    honeypotUrl: 'https://x.example/h/T', clickUrl: (number) => `https://x.example/c/T${number}`,
  },
}

const compile = (source: Partial<MailSource>, more: Partial<CompileOptions> = {}) =>
  compileMail({ subject: '', body: '', format: 'html', textBody: null, ...source }, { ...options, ...more })
const filled = (source: Partial<MailSource>, person: Partial<Filling> = {}, more: Partial<CompileOptions> = {}) =>
  fillMail(compile(source, more), { ...anna, ...person })
const html = (body: string, record: Record<string, string> = {}, more: Partial<CompileOptions> = {}) =>
  filled({ body }, Object.keys(record).length ? { record: new Map(Object.entries(record)) } : {}, more).html
const text = (body: string, person: Partial<Filling> = {}) => filled({ body, format: 'text' }, person).text

test('a placeholder takes the value of the recipient, of a linked record, of the assigned user, of the calendar', () => {
  expect(text('{Contact.firstName} {Person.firstName} {Contact.account.name} {User.firstName} {today} {currentYear} {companyAddress}'))
    .toBe('Anna Anna Smith & Sons Ursula March 1, 2030 2030 Acme Inc.\n1 Main <Street>')
})

test('a fallback stands in for an empty value and for another type of recipient; without one nothing stands there', () => {
  expect(text('Hello {Contact.lastName|dear} {Lead.firstName|reader}, {Account.name}{Person.lastName}!')).toBe('Hello dear reader, !')
  expect(text('Dear {Person.firstName|customer}', { entityType: 'Account', isPerson: false, record: new Map([['firstName', 'No']]) })).toBe('Dear customer')
})

test('{Person.…} is any type of person', () => {
  expect(text('{Person.status|none}', { entityType: 'Lead', record: new Map([['status', 'New']]) })).toBe('New')
  expect(text('{Person.status|none}')).toBe('none')
})

test.each([
  'a{color:red} @media print{a{color:blue}}', '{"json":{"a":[1,{}]}}', '{{ Person.firstName }}', '{{Person.firstName}}', '{% if Person.firstName %}x{% endif %}',
  '{Foo.bar}', '{}', '{ Person.firstName }', '{unknown}', '{today', '{toString}', '{constructor.name}', '{__proto__.x}', '{person.firstName}', 'a { b } c',
])('braces that are no placeholder stay as they are: %s', (source) => {
  expect(html(source)).toBe(source)
  expect(text(source)).toBe(source)
  expect(compile({ body: source, subject: source }).problems).toEqual([])
})

test('a value is escaped in HTML text, raw in the text part, on one line in the subject', () => {
  const mail = filled({ subject: 'Hi {Person.firstName}', body: '<p>{Person.firstName}</p>' }, { record: new Map([['firstName', `<b>"A & 'B'\r\nBcc: x`]]) })
  expect(mail.html).toBe(`<p>&lt;b&gt;"A &amp; 'B'\r\nBcc: x</p>`)
  expect(mail.text).toBe(`<b>"A & 'B'\r\nBcc: x`)
  expect(mail.subject).toBe(`Hi <b>"A & 'B' Bcc: x`)
})

const evil = `"'><script>alert(1)</script> onerror=x \`&-->`
test('a value in an attribute cannot leave it, with quotes of either kind or none', () => {
  expect(html('<i title="{Person.firstName}">', { firstName: evil })).toMatch(/^<i title="[^"<>]*">$/)
  expect(html("<i title='{Person.firstName}'>", { firstName: evil })).toMatch(/^<i title='[^'<>]*'>$/)
  expect(html('<i title={Person.firstName} lang=en>', { firstName: evil })).toMatch(/^<i title="[^"<>]*" lang=en>$/)
  expect(html('<i title={Person.lastName} lang=en>')).toBe('<i title="" lang=en>')
  expect(html(`<i title=a"'{Person.firstName}>`, { firstName: evil })).toMatch(/^<i title=a"'\w+>$/)
  expect(html('<i {Person.firstName}="x">', { firstName: evil })).toMatch(/^<i \w+="x">$/)
  expect(html(`<i title=a"'{Person.lastName}">`)).toBe(`<i title=a"'_">`)
})

test('a value in an address is percent-encoded, a whole address keeps its form but not a dangerous scheme', () => {
  expect(html('<a href="https://a.example/?n={Person.firstName}&x=1">', { firstName: 'Ä & "B"/\'c\'' })).toBe('<a href="https://a.example/?n=%C3%84%20%26%20%22B%22%2F%27c%27&x=1">')
  expect(html('<a href="{Contact.website}">', { website: 'https://a.example/?a=1&b=ö %20"' })).toBe('<a href="https://a.example/?a=1&amp;b=%C3%B6%20%20%22">')
  expect(html('<a href="{Contact.website}">', { website: 'www.a.example' })).toBe('<a href="https://www.a.example">')
  expect(html('<a href="{Contact.website}">', { website: 'https://bücher.example/' })).toBe('<a href="https://xn--bcher-kva.example/">')
  for (const website of ['javascript:alert(1)', ' jAvascript:alert(1)', 'java\tscript:alert(1)', 'data:text/html,x', 'vbscript:x']) {
    expect(html('<a href="{Contact.website}">', { website })).toBe('<a href="#">')
  }
  expect(html('<a href="javascript:f(\'{Person.firstName}\')">', { firstName: "');alert(1)//" })).toBe(`<a href="javascript:f('alert1')">`)
  expect(html('<a href="mailto:{Person.firstName}?subject={Person.firstName}">', { firstName: 'a+b@c.example' })).toBe('<a href="mailto:a+b@c.example?subject=a%2Bb%40c.example">')
})

test('a value in style, script and comments cannot begin anything', () => {
  expect(html('<p style="color:{Contact.color}">', { color: '#ff0; background:url(x)' })).toBe('<p style="color:#ff0 backgroundurlx">')
  expect(html('<style>a{color:{Contact.color}}</style>', { color: 'red}</style><script>' })).toBe('<style>a{color:redstylescript}</style>')
  expect(html('<script>var x = "{Person.firstName}"</script>', { firstName: '"\\</script>\u2028' })).toBe('<script>var x = "\\u0022\\\\\\u003c/script\\u003e\\u2028"</script>')
  expect(html('<p onclick="f(\'{Person.firstName}\')">', { firstName: `'"x` })).toBe(`<p onclick="f('\\u0027\\u0022x')">`)
  expect(html('<!-- {Person.firstName} -->', { firstName: '--><b>' })).toBe('<!-- &#45;&#45;&gt;&lt;b&gt; -->')
})

test('in SVG, where scripts and styles are read by other rules, a value keeps only letters, digits and harmless signs', () => {
  expect(html('<svg><text>{Person.firstName}</text><style>{Person.firstName}</style></svg>{Person.firstName}', { firstName: 'Änna </text>' }))
    .toBe('<svg><text>Änna text</text><style>Änna text</style></svg>Änna &lt;/text&gt;')
})

test('a "<" that a value would make a tag of is written as a character', () => {
  expect(html('Anna <{Person.firstName}> <b{Person.firstName}></{Person.firstName}>', { firstName: 'script' })).toBe('Anna &lt;script> &lt;bscript>&lt;/script>')
  expect(html('<!--{Person.firstName}--><!{Person.firstName}', { firstName: '--' })).toBe('<!--&#45;&#45;-->&lt;!--')
  expect(html('<!--[if mso]>{Person.firstName}><![endif]-->', { firstName: '--' })).toBe('<!--[if mso]>&#45;&#45;><![endif]-->')
})

test('a placeholder is one thing, whatever its fallback holds', () => {
  expect(html(`<i title='{Person.lastName|it's > "x"}'>{Person.lastName|a &amp; b & <c>}</i>`)).toBe(`<i title='it&#39;s &gt; &quot;x&quot;'>a &amp; b &amp; &lt;c&gt;</i>`)
})

test('HTML is sent as written: nothing but placeholders changes', () => {
  const odd = '<!DOCTYPE html>\n<HTML><Body bgcolor=#fff><!--[if mso]><v:rect href="x"><![endif]--><p CLASS=a b=\'c\' / >1 < 2 & 3<br/><IMG src=a.png>\r\n</p></Body>'
  expect(html(odd)).toBe(odd)
})

test('links of ours stand whole in an address, encoded within another, escaped in text', () => {
  const url = 'https://x.example/c/T7?a=1&b'
  const links = { ...anna.links, clickUrl: () => url }
  const at = (body: string) => filled({ body }, { links }).html
  expect(at('<a href="{trackingUrl:shop}">')).toBe('<a href="https://x.example/c/T7?a=1&amp;b">')
  expect(at('<a href={trackingUrl:shop}>')).toBe('<a href="https://x.example/c/T7?a=1&amp;b">')
  expect(at('{trackingUrl:shop}')).toBe('https://x.example/c/T7?a=1&amp;b')
  expect(at('<a href="https://y.example/?to={trackingUrl:shop}">')).toBe('<a href="https://y.example/?to=https%3A%2F%2Fx.example%2Fc%2FT7%3Fa%3D1%26b">')
  expect(at('<a href="{viewInBrowserUrl}"><a href="{preferencesUrl}">')).toBe('<a href="https://x.example/v/T"><a href="https://x.example/p/T">')
})

test('the opt-out link is a link in HTML, words and address in the text part, an address in an attribute', () => {
  expect(html('{optOutLink}')).toBe('<a href="https://x.example/u/T">Unsubscribe</a>')
  expect(text('{optOutLink}')).toBe('Unsubscribe: https://x.example/u/T')
  expect(html('<a href="{optOutLink}">')).toBe('<a href="https://x.example/u/T">')
  expect(filled({ body: '{optOutLink}' }, { language: 'de-AT' }).html).toContain('>Abmelden<')
  expect(filled({ body: '{optOutLink}' }).text).toBe('Unsubscribe: https://x.example/u/T')
})

const appending = { appendOptOut: true }
test('without an opt-out link one is appended inside the body, with the postal address, and in the text part', () => {
  const mail = filled({ body: '<html><body><p>Hi</p></body></html>' }, {}, appending)
  expect(mail.html).toMatch(/<p>Hi<\/p><p style="[^"]*">Acme Inc\.<br>1 Main &lt;Street&gt;<br><a href="https:\/\/x\.example\/u\/T">Unsubscribe<\/a><\/p><\/body><\/html>$/)
  expect(mail.text).toContain('Acme Inc.\n1 Main <Street>\nUnsubscribe: https://x.example/u/T')
  expect(filled({ body: '<p>Hi', textBody: 'Hi' }, {}, appending)).toMatchObject({
    html: expect.stringMatching(/^<p>Hi<p style.*u\/T/), text: expect.stringMatching(/^Hi\n\n-- \n.*\nUnsubscribe: https:\/\/x\.example\/u\/T\n$/s),
  })
  expect(filled({ body: 'Hi', format: 'text' }, {}, appending).text).toContain('Unsubscribe: https://x.example/u/T')
})

test('an opt-out link of the author stands where it was put, and nothing is appended', () => {
  const body = '<body><a href="{optOutUrl}">Unsubscribe from the mailing list.</a></body>'
  expect(html(body, {}, appending)).toBe('<body><a href="https://x.example/u/T">Unsubscribe from the mailing list.</a></body>')
  expect(compile({ body }, appending).optOutInBody).toBe(true)
})

test('an opt-out link that no reader sees does not count', () => {
  expect(html('<!-- {optOutUrl} --><p>Hi', {}, appending)).toContain('Unsubscribe</a>')
  expect(html('<!--[if mso]><a href="{optOutUrl}">x</a><![endif]--><p>Hi', {}, appending)).toContain('Unsubscribe</a>')
  expect(compile({ body: '<p>{preferencesUrl}' }, appending).optOutInBody).toBe(false)
})

test('a closing body tag in a comment or a script is not the end of the body', () => {
  expect(html('<body>x<!-- </body> --><script>"</body>"</script></body>', {}, appending)).toMatch(/<\/script><p style/)
})

test('pixel and honeypot come at the end, the pixel only where opens may be counted', () => {
  expect(html('<body>x</body>', {}, { tracked: true })).toMatch(/^<body>x<a href="https:\/\/x\.example\/h\/T"[^>]*display:none[^>]*><\/a><img src="https:\/\/x\.example\/o\/T\.gif"[^>]*><\/body>$/)
  expect(filled({ body: 'x' }, { pixel: false }, { tracked: true }).html).not.toContain('.gif')
  expect(html('<body>x</body>')).toBe('<body>x</body>')
  expect(filled({ body: 'x' }, {}, { tracked: true }).text).toBe('x')
})

test('Track every link replaces plain links in HTML and in a written text part, and nothing else', () => {
  const body = '<a href="https://a.example/?x=1&amp;y=2">A</a><a href=https://b.example/>B</a><a href="mailto:x@y.example">M</a><a href="#top">T</a><a href="https://c.example/{Person.firstName}">C</a><img src="https://a.example/i.png"><a href="{optOutUrl}">U</a>'
  const textBody = 'See https://a.example/?x=1&y=2. Or (https://d.example/{Person.firstName})'
  const source = { subject: '', body, textBody, format: 'html' }
  expect(linksToTrack(source, vocabulary)).toEqual(['https://a.example/?x=1&y=2', 'https://b.example/'])
  const mail = filled(source, {}, { numberOfLink: (url) => (url.startsWith('https://a') ? 1 : url.startsWith('https://b') ? 2 : null) })
  expect(mail.html).toBe('<a href="https://x.example/c/T1">A</a><a href="https://x.example/c/T2">B</a><a href="mailto:x@y.example">M</a><a href="#top">T</a><a href="https://c.example/Anna">C</a><img src="https://a.example/i.png"><a href="https://x.example/u/T">U</a>')
  expect(mail.text).toBe('See https://x.example/c/T1. Or (https://d.example/Anna)')
})

test('a known kind with an unknown field is a problem with its place, and stays as written', () => {
  const mail = compile({ subject: '{Person.frstName}', body: '<p>\n  {Contact.account.nme} {trackingUrl:unknown} {User.lastname} {Contact.firstName.x}', textBody: '{Lead.}' })
  expect(mail.problems.map(({ code, placeholder, part, line, column }) => [code, placeholder, part, line, column])).toEqual([
    ['unknownField', '{Person.frstName}', 'subject', 1, 1],
    ['unknownField', '{Contact.account.nme}', 'body', 2, 3],
    ['unknownTrackingUrl', '{trackingUrl:unknown}', 'body', 2, 25],
    ['unknownField', '{User.lastname}', 'body', 2, 47],
    ['unknownField', '{Contact.firstName.x}', 'body', 2, 63],
    ['unknownField', '{Lead.}', 'textBody', 1, 1],
  ])
  expect(mail.problems[0]!.message).toContain('Did you mean {Person.firstName}?')
  expect(fillMail(mail, anna).subject).toBe('{Person.frstName}')
})

test('what is left empty for a person is named once', () => {
  const mail = compile({ subject: '{Contact.lastName}', body: '{Contact.lastName} {Lead.firstName} {Lead.firstName|x} {Person.firstName} {User.emailAddress}' })
  expect(emptyPlaceholders(mail, anna)).toEqual(['{Contact.lastName}', '{Lead.firstName}', '{User.emailAddress}'])
})

test('a name of an object is no value', () => {
  expect(text('{Contact.firstName}', { record: new Map() })).toBe('')
  expect(compile({ body: '{Contact.constructor} {Contact.__proto__} {User.toString}' }).problems).toHaveLength(3)
})

// Each of these took minutes when something in it was asked anew for every character or placeholder.
test.each([
  ['nested elements', '<div>'.repeat(200_000)], ['stray signs', '<{Person.firstName}'.repeat(50_000)], ['unknown fields', '{Person.frstName}'.repeat(50_000)],
  ['one attribute of placeholders', `<a href="${'{Person.firstName}'.repeat(50_000)}">`], ['comment ends in fallbacks', `<!--[if mso]>${'{Person.firstName|-->}'.repeat(50_000)}`],
])('a document made to be slow is read in its stride: %s', (_, body) => {
  expect(compile({ body }).html!.literals.join('').length).toBeGreaterThan(0)
})
