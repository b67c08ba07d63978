import { expect, test } from 'vitest'
import { isDead } from './causes.ts'
import { isDeadAddress, judgeReply } from './judge-reply.ts'

const kills = (reply: string) => isDead(judgeReply(reply, null).cause)

/** Sentences of the servers that people meet most, with names of our own. */
const dead = [
  '550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address for typos.',
  '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)',
  "554 delivery error: dd This user doesn't have a mail.example account (x@example.com) [0]",
  '550 5.1.1 <x@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
  '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient x@example.com not found by SMTP address lookup',
  '550 Unrouteable address', '511 sorry, no mailbox here by that name (#5.1.1 - chkuser)', '553 5.3.0 <x@example.com>... Addressee unknown',
  '550 Invalid recipient x@example.com', '501 5.1.3 Bad recipient address syntax', "553 5.1.2 We weren't able to find the recipient domain.",
  '550 5.1.2 <x@example.com>... Host unknown (Name server: example.com: host not found)', '550 5.7.1 No such user!', '551 not our customer',
  '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', 'User x (x@example.com) not listed in Domino Directory',
  'all relevant MX records point to non-existent hosts', 'an MX or SRV record indicated no SMTP service', "Sorry, I couldn't find any host named example.com. (#5.1.2)",
  'Host or domain name not found. Name service error for name=example.com type=AAAA: Host not found', 'Domain example.com does not accept mail (nullMX)',
  '551 5.1.6 User has moved; please try <y@example.net>', 'x@example.com has been replaced by y@example.net', 'there is no one at this address', 'this recipient is not in my validrcptto list',
  'mail domain mentioned in email address is unknown', 'MSEXCH:IMS:EXAMPLE:SITE:HOST 0 (000C05A6) Unknown Recipient', 'No mailbox by that name is currently available', 'employee has left the company',
]
const alive = [
  '554 delivery error: dd Sorry your message to x@example.com cannot be delivered. This account has been disabled or discontinued [#102].',
  '550 5.1.1 Mailbox full', '550 5.1.1 <x@example.com> is over quota', '550 5.2.1 The email account that you tried to reach is disabled.',
  '550-The mail server could not deliver mail to news@example.org. 550 Sender verify failed', '550 Sender address rejected: Domain not found',
  '553 5.1.8 <news@example.org>... Domain of sender address news@example.org does not exist', '550 Mailbox unavailable or access denied',
  '550 5.7.1 Service unavailable; client [192.0.2.1] blocked using bl.example.org', '550 5.7.26 This mail has been blocked because the sender is unauthenticated.',
  '554 5.7.1 <x@example.com>: Recipient address rejected: Access denied', '550 5.7.1 <x@example.com>... Relaying denied', '552 5.3.4 Message size exceeds fixed limit',
  "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again',
  'The account or domain may not exist, they may be blacklisted, or missing the proper dns entries.', 'User not unique. Several matches found in Domino Directory.',
  'Unroutable sender address', 'Backscatter protection detected invalid or expired email address', '553 From: domain is invalid.', '550 unknown IP address', '550 Host unknown: your HELO',
  'user over quota or does not exist', 'User unknown: temporary lookup failure', 'dns records for the destination computer could not be found', 'Your message is missing a To: address',
  'mailbox is full: retry timeout exceeded', 'mail for example.com loops back to myself', '550 5.7.1 This message has been rejected because of a virus', '550 Rejected', '',
  '450 4.1.1 <x@example.com>: Recipient address rejected: unverified address: connect to mx.example.com: Connection timed out',
]

test.each(dead)('an address is dead after: %s', (reply) => expect(kills(reply)).toBe(true))
test.each(alive)('an address lives after: %s', (reply) => expect(kills(reply)).toBe(false))

test.each([
  'Empfänger unbekannt', 'Utilisateur inconnu', 'El usuario no existe', 'O endereço não foi encontrado', 'utente sconosciuto', 'gebruiker onbekend', 'Nie ma takiego użytkownika',
  'нет такого пользователя', 'Пользователь не найден', 'користувача не знайдено', '宛先が見つかりません', '该用户不存在', '사용자를 찾을 수 없습니다', 'Uživatel neexistuje', 'kullanıcı bulunamadı',
  'Användaren finns inte', 'modtageren er ukendt', 'brukeren finnes ikke', 'vastaanottajaa ei löydy',
])('an unknown user is understood in other languages: %s', (reply) => expect(judgeReply(reply, null).cause).toBe('userUnknown'))

test.each([
  'Das Postfach ist voll', 'La boîte aux lettres du destinataire est pleine', 'El buzón del destinatario está lleno', 'A caixa postal está cheia', 'La casella del destinatario è piena',
  'Skrzynka odbiorcy jest pełna', 'Почтовый ящик переполнен', 'поштова скринька переповнена', 'メールボックスがいっぱいです', '对方邮箱已满', '메일함 용량이 초과되었습니다', 'schránka je plná', 'posta kutusu dolu',
])('a full mailbox is understood in other languages: %s', (reply) => expect(judgeReply(reply, null).cause).toBe('mailboxFull'))

test('words outweigh codes: 5.1.1 for a full mailbox is soft, 5.7.1 for an unknown user is hard', () => {
  expect(judgeReply('550 5.1.1 user is over quota', '5.1.1').cause).toBe('mailboxFull')
  expect(judgeReply('550 5.7.1 user unknown', '5.7.1').cause).toBe('userUnknown')
})

test('without words the code decides, and only a permanent one kills', () => {
  expect(judgeReply('', '5.1.1').cause).toBe('userUnknown')
  expect(judgeReply('', '4.1.1').cause).toBe('network')
  expect(judgeReply('', '5.2.1').cause).toBe('suspended')
  expect(judgeReply('', null).cause).toBe('undefined')
})

test('names say nothing: mail for userunknown@full.example is neither full nor unknown', () => {
  expect(judgeReply('550 <userunknown@full-mailbox.example.com>: refused by no-such-user.example.net', null).cause).toBe('refused')
})

test('a refusal at RCPT kills an address for now only when it is permanent', () => {
  expect(isDeadAddress({ code: 550, enhanced: null, text: 'No such user here' })).toBe(true)
  expect(isDeadAddress({ code: 450, enhanced: null, text: 'No such user here' })).toBe(false)
  expect(isDeadAddress({ code: 550, enhanced: '5.1.1', text: '550 5.1.1 sender address rejected' })).toBe(false)
})
