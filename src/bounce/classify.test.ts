import { expect, test } from 'vitest'
import { deliveryReport, feedbackReport, letter, writtenReport } from '../../test/returned-mail.ts'
import { classify } from './classify.ts'

const addresses = async (raw: Buffer) => (await classify(raw)).recipients.map(({ address }) => address)

test('a delivery report names each recipient with its own verdict, and the worst of them is the bounce', async () => {
  const found = await classify(deliveryReport([
    { address: 'full@example.com', status: '5.2.2', diagnostic: '552 5.2.2 Mailbox full' },
    { address: 'gone@example.com', status: '5.1.1', diagnostic: '550 5.1.1 User unknown' },
    { address: 'fine@example.com', status: '2.0.0', action: 'delivered' },
  ]))
  expect(found).toMatchObject({ kind: 'bounce', bounce: 'hard', confidence: 1 })
  expect(found.recipients).toMatchObject([
    { address: 'full@example.com', bounce: 'soft', reason: 'mailboxFull', status: '5.2.2' },
    { address: 'gone@example.com', bounce: 'hard', reason: 'userUnknown', diagnostic: '550 5.1.1 User unknown', rule: 'words: no such user' },
    { address: 'fine@example.com', bounce: null, action: 'delivered' },
  ])
})

test('a forwarded address is told with the one that was mailed', async () => {
  const found = await classify(deliveryReport([{ address: 'new@example.net', original: 'reader@example.com', status: '5.1.1' }]))
  expect(found.recipients).toMatchObject([{ address: 'new@example.net', original: 'reader@example.com' }])
})

test('an internationalised report spells its letters out', async () => {
  expect(await addresses(deliveryReport([{ address: 'j\\x{F8}rgen@example.com', status: '5.1.1' }], '', 'message/global-delivery-status'))).toEqual(['jørgen@example.com'])
})

test('delayed, delivered and relayed mail has not bounced', async () => {
  const delayed = await classify(deliveryReport([{ address: 'reader@example.com', action: 'delayed', status: '4.4.1' }]))
  expect(delayed).toMatchObject({ kind: 'delayed', bounce: null, recipients: [{ bounce: null, action: 'delayed' }] })
  expect(await classify(deliveryReport([{ address: 'reader@example.com', action: 'relayed', status: '2.1.9' }]))).toMatchObject({ kind: 'delivered', bounce: null })
})

test('a disclaimer below a report changes no verdict', async () => {
  const words = 'User could not be reached.\r\n\r\nThis e-mail was scanned for viruses and spam. Attachments may be blocked.'
  expect(await classify(deliveryReport([{ address: 'reader@example.com', status: '5.1.1' }], words))).toMatchObject({ bounce: 'hard' })
})

test('what in a message may name the mail is collected, and its own Message-ID is not', async () => {
  const { references } = await classify(deliveryReport([{ address: 'reader@example.com', status: '5.1.1' }]))
  expect(references).toEqual({ messageIds: ['<news.1@example.org>'], deliveryTokens: ['AAABBBCCCDDDEEEFFFGGG'], sentTo: ['bounce+token@example.org'] })
})

test.each([
  ['qmail', [
    'Hi. This is the qmail-send program at example.net.', "I'm afraid I wasn't able to deliver your message to the following addresses.",
    "This is a permanent error; I've given up. Sorry it didn't work out.", '', '<reader@example.com>:', '192.0.2.1 does not like recipient.',
    'Remote host said: 550 no such user', 'Giving up on 192.0.2.1.', '', '--- Below this line is a copy of the message.', '',
    'Return-Path: <news@example.org>', 'To: reader@example.com', '',
  ]],
  ['Exim', [
    'This message was created automatically by mail delivery software.', '',
    'A message that you sent could not be delivered to one or more of its',
    'recipients. This is a permanent error. The following address(es) failed:', '', '  reader@example.com', '    Unrouteable address', '',
    '------ This is a copy of the message, including all the headers. ------', '', 'To: reader@example.com', '',
  ]],
  ['Exchange 5.5', [
    'Your message', '', '  To:      everybody@example.org', '  Subject: News', '', 'did not reach the following recipient(s):', '',
    'reader@example.com on Fri, 4 Oct 2002 17:12:28 -0400', '    The recipient name is not recognized', '',
  ]],
  ['MailEnable', [
    'The following recipient(s) could not be reached:', '', '\tRecipient: [SMTP:reader@example.com]',
    '\tReason: Remote SMTP Server Returned: 550 No such user', '', 'Message headers follow:', '', 'To: reader@example.com', '',
  ]],
  ['sendmail', [
    '   ----- The following addresses had permanent fatal errors -----', '<reader@example.com>', '',
    '   ----- Transcript of session follows -----', '... while talking to mx.example.com.:', '>>> RCPT To:<reader@example.com>',
    '<<< 550 5.1.1 User unknown', '550 <reader@example.com>... User unknown', '',
  ]],
  ['GroupWise', ['The message that you sent was undeliverable to the following:', '\treader@example.com (user not found)', '']],
  ['a Chinese provider', ['抱歉，您的邮件被退回来了', '退信原因： 收件人邮件地址（reader@example.com）不存在，邮件无法送达。', '']],
  ['one that gives up', [
    'Unable to deliver message to: <reader@example.com>', 'Server mx.example.com failed with: 550 <reader@example.com> No such user here', '',
    'No further delivery attempts will be made.', '',
  ]],
  ['Yandex', [
    'К сожалению, Ваше письмо не может', 'быть отправлено одному или нескольким адресатам.', '',
    '<reader@example.com>: host mx.example.com[192.0.2.1] said: 550', '    5.1.1 User unknown (in reply to RCPT TO command)', '',
  ]],
])('%s is understood without a delivery report', async (_, lines) => {
  const found = await classify(writtenReport(lines.join('\n')))
  expect(found).toMatchObject({ kind: 'bounce', bounce: 'hard', recipients: [{ address: 'reader@example.com', reason: 'userUnknown' }] })
})

test('several recipients in words are judged each by the words beside it', async () => {
  const text = "Unable to deliver to the following address(es).\n\n<one@example.com>:\nThis user doesn't have an account\n\n<two@example.com>:\nMailbox is full\n"
  const found = await classify(writtenReport(text))
  expect(found.recipients.map(({ address, bounce }) => [address, bounce])).toEqual([['one@example.com', 'hard'], ['two@example.com', 'soft']])
})

test('a report inside a message of a gateway is found', async () => {
  const inside = deliveryReport([{ address: 'reader@example.com', status: '5.1.1' }]).toString()
  const fields = ['From: postmaster@gateway.example.net', 'Subject: Delivery Status Notification', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=g']
  const gateway = writtenReport(`--g\r\nContent-Type: message/rfc822\r\n\r\n${inside}\r\n--g--`, fields)
  expect(await classify(gateway)).toMatchObject({ kind: 'bounce', bounce: 'hard', recipients: [{ address: 'reader@example.com' }] })
})

test('lines that end as on an old Macintosh are lines', async () => {
  const raw = deliveryReport([{ address: 'reader@example.com', status: '5.1.1' }]).toString().replaceAll('\r\n', '\r')
  expect(await classify(Buffer.from(raw))).toMatchObject({ kind: 'bounce', bounce: 'hard' })
})

test('a complaint tells its type and who complained', async () => {
  const found = await classify(feedbackReport())
  expect(found).toMatchObject({ kind: 'feedback', feedbackType: 'abuse', bounce: null, recipients: [{ address: 'reader@example.com', action: 'complained' }] })
})

test.each([
  ['Auto-Submitted', ['Auto-Submitted: auto-replied', 'Subject: Re: News', 'In-Reply-To: <news.1@example.org>'], 'I read mail twice a day.'],
  ['a subject', ['Subject: Out of Office: News'], 'Back on Monday.'],
  ['a German subject', ['Subject: Abwesenheitsnotiz: News'], 'Ich bin nicht im Büro.'],
  ['Precedence', ['Precedence: auto_reply', 'Subject: News'], 'Away.'],
])('an auto-reply is known by %s and is no bounce', async (_, fields, text) => {
  expect(await classify(letter(fields, text))).toMatchObject({ kind: 'autoReply', bounce: null, recipients: [] })
})

test('a report that calls itself auto-replied is still a bounce', async () => {
  expect(await classify(deliveryReport([{ address: 'reader@example.com', status: '5.1.1' }]))).toMatchObject({ kind: 'bounce' })
})

test('whoever writes about a bounce in an answer is a person who answers', async () => {
  const fields = ['Subject: Re: Undeliverable mail', 'In-Reply-To: <news.1@example.org>']
  expect(await classify(letter(fields, 'My mail could not be delivered: 550 user unknown. Please help.'))).toMatchObject({ kind: 'reply', recipients: [] })
})

test('a newsletter that comes from a bounce address is no bounce', async () => {
  expect((await classify(letter(['Return-Path: <bounce-1@lists.example.net>', 'Subject: Deals'], 'Was your order rejected? 550 offers.'))).kind).toBe('other')
})

test('the answer of a ticket system is no reply by a person', async () => {
  const fields = ['Subject: [12] We received your message', 'In-Reply-To: <news.1@example.org>', 'Auto-Submitted: auto-generated']
  expect((await classify(letter(fields, 'Thank you.'))).kind).toBe('autoReply')
})

test('people are told apart: who answers, who wants no more mail, who writes of their own accord', async () => {
  expect((await classify(letter(['Subject: Re: News', 'In-Reply-To: <news.1@example.org>'], 'Thanks! My mailbox was full, is there more?'))).kind).toBe('reply')
  expect((await classify(letter(['Subject: unsubscribe'], ''))).kind).toBe('optOut')
  expect((await classify(letter(['Subject: Lunch'], 'At noon?'))).kind).toBe('other')
})

test('what is no message at all is other mail', async () => {
  expect(await classify(new Uint8Array())).toMatchObject({ kind: 'other', recipients: [] })
  expect((await classify(Buffer.from([0xff, 0xfe, 0, 1, 2]))).kind).toBe('other')
})
