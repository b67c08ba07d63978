/** Messages that come back, built for tests with example domains: a delivery report, a report in words, and letters by people and machines. */
type Recipient = { address: string; original?: string; action?: string; status?: string; diagnostic?: string }

const joined = (lines: readonly string[]) => Buffer.from(lines.join('\r\n'))

export const returnedHeader = ['Message-ID: <news.1@example.org>', 'X-Delivery: AAABBBCCCDDDEEEFFFGGG', 'From: News <news@example.org>', 'To: reader@example.com', 'Subject: News']

/** multipart/report (RFC 3464). */
export const deliveryReport = (recipients: readonly Recipient[], words = 'Your message could not be delivered.', type = 'message/delivery-status'): Buffer => joined([
  'Return-Path: <>', 'From: Mail Delivery System <MAILER-DAEMON@mx.example.net>', 'To: bounce+token@example.org', 'Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied',
  'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '',
  '--b', 'Content-Type: text/plain', '', words, '',
  '--b', `Content-Type: ${type}`, '', 'Reporting-MTA: dns; mx.example.net', '',
  ...recipients.flatMap(({ address, original, action = 'failed', status, diagnostic }) => [
    `Final-Recipient: rfc822; ${address}`, ...(original ? [`Original-Recipient: rfc822; ${original}`] : []), `Action: ${action}`,
    ...(status ? [`Status: ${status}`] : []), ...(diagnostic ? [`Diagnostic-Code: smtp; ${diagnostic}`] : []), '',
  ]),
  '--b', 'Content-Type: message/rfc822', '', ...returnedHeader, '', 'Hello', '', '--b--', '',
])

/** From a server that writes for people only; `fields` replace or add to the header. */
export const writtenReport = (text: string, fields: readonly string[] = ['From: MAILER-DAEMON@mx.example.net', 'Subject: failure notice']): Buffer =>
  joined(['Return-Path: <>', 'To: bounce@example.org', ...fields, '', text])

/** RFC 5965. */
export const feedbackReport = (fields: readonly string[] = ['Feedback-Type: abuse', 'User-Agent: Example/1', 'Version: 1', 'Original-Rcpt-To: reader@example.com']): Buffer => joined([
  'From: complaints@provider.example.net', 'To: news@example.org', 'Subject: FW: News', 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=feedback-report; boundary="b"', '',
  '--b', 'Content-Type: text/plain', '', 'This is an email abuse report.', '', '--b', 'Content-Type: message/feedback-report', '', ...fields, '',
  '--b', 'Content-Type: message/rfc822', '', ...returnedHeader, '', 'Hello', '--b--', '',
])

export const letter = (fields: readonly string[], text: string): Buffer => joined(['From: Reader <reader@example.com>', 'To: news@example.org', ...fields, '', text])
