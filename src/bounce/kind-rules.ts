/** What kind of message it is, as a table: the first row that fits decides. Certain signs come before likely ones. */
import type { MailKind } from './classification.ts'
import { first } from './fields.ts'
import { sesRecipients } from './ses-notification.ts'
import type { Mail } from './read-mail.ts'
import { isDead } from './causes.ts'
import { judgeWords } from './judge-reply.ts'
import { groupsWithin, type Reported, reportedRecipients } from './delivery-report.ts'

export type KindRule = { name: string; kind: MailKind; confidence: number; why: string; fits: (signs: Signs) => boolean }

/** What the rules ask about, found once. */
export type Signs = {
  mail: Mail
  reported: Reported[]
  /** Written by a mail server: MAILER-DAEMON, postmaster, or nobody (RFC 5321 4.5.5). */
  fromServer: boolean
  nullSender: boolean
  subject: string
  /** The part for people in lower case. */
  text: string
  header: (name: string) => string
}

export function signsOf(mail: Mail): Signs {
  const header = (name: string) => first(mail.headers, name)
  const reports = reportedRecipients(mail.reports)
  const fromServer = ['from', 'sender', 'return-path'].some((name) => serverNames.test(header(name)))
  return {
    mail, header,
    // A gateway that puts a report into a message of its own leaves the groups deeper inside.
    reported: reports.length > 0 ? reports : [...reportedRecipients(groupsWithin(fromServer ? mail.everything : mail.text)), ...sesRecipients(mail.text)],
    fromServer,
    nullSender: /^<\s*>$/.test(header('return-path')) || /^<?>?$/.test(header('from').trim()),
    subject: mail.subject.toLowerCase(),
    text: mail.text.slice(0, 20_000).toLowerCase(),
  }
}

const serverNames = /mailer-?daemon|post[ _-]?master|mail ?delivery|delivery (?:sub|s)ystem|mail(?:er)? ?system|mail administrator|system administrator|mdaemon|mail ?server|maileradmin|bounce|automail|microsoft ?exchange|mdaemon|noreply-dmarc|prod_postmaster|mailsweeper|surfcontrol|antivir|deliver(?:y)?[- ](?:failure|agent)/i

const bounceSubjects = new RegExp([
  'undeliver', 'un-?deliverable', 'returned (?:e-?)?mail', 'return(?:ed|ing)? (?:message )?to sender', 'delivery (?:status|failure|failed|problem|report|error|notification|has failed|subsystem|unsuccessful)',
  'fail(?:ure|ed) (?:notice|delivery|mail|to deliver)', 'mail (?:delivery|system|status|failure|error|could not)', '(?:could not|cannot|couldn\'t|can\'t|not) be (?:delivered|sent)', 'not delivered', 'nondeliver|non-deliver|non remis', 'bounce',
  'message (?:you sent )?(?:delivery|status|rejected|could not|undeliver|not delivered)', 'warning: (?:could not|message|e?-?mail)', 'delayed', 'permanent (?:error|delivery)', 'user unknown', 'unknown user', '(?:rejected|blocked|refused) (?:mail|message|e-?mail)', '^rejected:', 'problem delivering', 'unable to deliver', 'error sending', 'returned:', 'mail returned', 'delivery$', 'automatic(?:ally)? rejected',
  'unzustellbar', 'nicht zugestellt', 'zustell', 'non distribu', 'non remis', 'non délivr', 'échec', 'retour(?:né)? ', 'no se (?:puede|pudo) entregar', 'no entregad', 'error de entrega', 'devuelto', 'não (?:foi )?entregue', 'falha', 'devolvid', 'mancata consegna', 'non recapitat', 'impossibile recapit', 'onbestelbaar', 'niet (?:bezorgd|afgeleverd)', 'niedostarcz', 'nie dostarczono', 'zwrot', 'недоставлен', 'не доставлен', 'невозможно доставить', 'ошибка доставки', 'помилка доставки', 'nedoručiteln', 'iletilemedi', 'kan ikke leveres', 'kunde inte levereras', 'ej levererad', 'olevererbar', 'ikke leveret', 'ei voitu toimittaa', 'kézbesít',
  '配信(?:不能|エラー|できません|失敗)', '送信エラー', '未配信', 'エラーメール', '退信', '退回', '投递失败', '發送失敗', '发送失败', '无法投递', '無法傳遞', '未送达', '未傳遞', '邮件.{0,6}失败', '전송 ?실패', '배달', '반송',
].join('|'), 'iu')

const bounceWords = new RegExp([
  'this (?:message|e-?mail) was created automatically by (?:the )?mail', 'could ?n(?:o|\')t be delivered', 'cannot be delivered', 'can\'t be delivered', 'not delivered', 'undeliverable', 'did not reach', 'wasn\'t able to deliver', 'unable to (?:deliver|send)', 'delivery (?:to|of)[^.]{0,60}(?:failed|aborted)', 'delivery (?:has )?fail', 'failed to deliver', 'permanent (?:fatal )?error', 'returned to (?:the )?sender', 'was(?: not|n\'t) (?:be )?delivered', 'has(?: not|n\'t) been delivered', 'had (?:permanent|delivery) (?:fatal )?(?:errors|problems)', 'transcript of session', 'final-recipient:', 'was rejected', 'been rejected', 'was refused', 'delivery attempt', 'problem (?:delivering|while)', 'user unknown', 'unknown user', 'no such user', 'mailbox (?:is )?(?:full|unavailable)', '\\b5\\d\\d[ -]5\\.\\d\\.\\d', '\\b55[0-4] ', 'failure reasons', 'message(?: you sent)?[^.]{0,40}(?:bounced|rejected|returned)',
  'nicht (?:zugestellt|ausgeliefert)', 'unzustellbar', 'n\'a pas pu être', 'non distribu', 'no (?:pudo|se pudo|ha podido|se ha podido|puede)[^.]{0,20}(?:ser )?entreg', 'não (?:pôde|foi|pode)[^.]{0,20}entreg', 'non (?:è stato|può essere)[^.]{0,30}(?:consegnat|recapitat)', 'niet (?:worden )?(?:bezorgd|afgeleverd)', 'nie (?:mogła|została|można)[^.]{0,20}(?:dostarcz)', 'не (?:может быть|было|удалось|был)[^.]{0,30}достав', 'не вдалося[^.]{0,20}достав',
  '配信(?:でき|不能|されません)', '送信(?:できません|できませんでした)', '届けることができ', '宛先不明', '无法(?:投递|送达|发送)', '無法(?:傳遞|投遞|送達)', '投递失败', '전송할 수 없', '배달(?:되지|하지|할 수)',
].join('|'), 'iu')

const autoReplySubjects = /\bout[- ]of[- ](?:the[- ])?office\b|^(?:auto(?:matic|mated)?[- ]?(?:re(?:ply|sponse)|respon[ds]\w*|answer)|auto:|ooo\b)|\b(?:autoreply|auto-reply|autoresponder?|auto response|automatic reply|automated (?:reply|response)|vacation|away from (?:my|the)|on leave|on holiday|annual leave)\b|abwesen|automatische (?:antwort|reply)|nicht im (?:büro|hause)|réponse automatique|absence du bureau|absent|respuesta automática|fuera de (?:la )?oficina|resposta automática|ausência|risposta automatica|fuori (?:sede|ufficio)|automatisch antwoord|afwezig|automatyczna odpowiedź|nieobecno|автоответ|автоматический ответ|отсутств|автовідповід|automatická odpověď|otomatik yanıt|autosvar|automatiskt? svar|automaattinen vastaus|自動返信|自動応答|不在|自动(?:回复|答复)|自動回覆|自动回覆|부재중|자동 ?(?:응답|회신)/iu

const autoReplyWords = /\bi(?: am|'m| will be)[^.]{0,60}(?:out of (?:the )?office|on (?:vacation|holiday|leave)|away (?:from|until)|currently away)|(?:thank you|thanks) for (?:your (?:e-?mail|message|enquiry|inquiry)|contacting)[^.]{0,200}(?:will (?:reply|respond|get back)|automat)|this is an auto(?:matic|mated)? (?:reply|response)|ich bin (?:derzeit|zur zeit|ab|bis|vom)[^.]{0,60}(?:nicht|abwesend)|je suis (?:absent|actuellement absent|en congé)|estoy fuera|confirm that you are|whitelist|challenge|verify your (?:message|email)/iu

const optOutWords = /^\W*(?:re: *)?(?:unsubscribe|opt[- ]?out|remove me|stop|abmelden|abbestellen|désabonn\w*|désinscri\w*|cancelar (?:suscripción|inscrição)|darme de baja|disiscri\w*|cancellami|uitschrijven|wypisz|отпис\p{L}*|відпис\p{L}*|退订|取消订阅|配信停止|수신거부)\b/iu

export const kindRules: readonly KindRule[] = [
  {
    name: 'feedback report', kind: 'feedback', confidence: 1, why: 'RFC 5965: a part message/feedback-report',
    fits: ({ mail }) => mail.feedback !== null,
  },
  {
    name: 'torn feedback report', kind: 'feedback', confidence: 0.9, why: 'RFC 5965: its two required fields, in a text',
    fits: ({ text }) => /^feedback-type: ?[a-z-]+/m.test(text) && /^(?:user-agent|version): /m.test(text),
  },
  {
    name: 'complaint of Outlook.com', kind: 'feedback', confidence: 0.95, why: 'the junk mail reporting programme forwards complaints without RFC 5965',
    fits: ({ mail, subject, header }) => header('x-hmxmroriginalrecipient') !== '' || mail.returned.has('x-hmxmroriginalrecipient') || subject.startsWith('complaint about message from'),
  },
  { name: 'opt-out by Apple Mail', kind: 'optOut', confidence: 1, why: 'its unsubscribe button answers List-Unsubscribe mailto (RFC 2369)', fits: ({ header }) => header('x-apple-unsubscribe') === 'true' },
  {
    name: 'challenge', kind: 'autoReply', confidence: 0.9, why: 'a machine that delivers once the sender has confirmed: no failure yet, even in the form of RFC 3464',
    fits: ({ reported }) => reported.length > 0 && reported.every(({ diagnostic }) => challengeWords.test(diagnostic)),
  },
  { name: 'report of a failure', kind: 'bounce', confidence: 1, why: 'RFC 3464 2.3.3: Action failed', fits: ({ reported }) => reported.some(({ action }) => action === 'failed') },
  { name: 'report of a delay', kind: 'delayed', confidence: 1, why: 'RFC 3464 2.3.3: Action delayed', fits: ({ reported }) => reported.some(({ action }) => action === 'delayed') },
  {
    name: 'report of success', kind: 'delivered', confidence: 1, why: 'RFC 3464 2.3.3: Action delivered, relayed, expanded',
    fits: ({ reported }) => reported.length > 0 && reported.every(({ action, status }) => /^(?:delivered|relayed|expanded)$/.test(action) || (action === '' && status?.startsWith('2'))),
  },
  { name: 'report without an action', kind: 'bounce', confidence: 0.95, why: 'RFC 3464 wants an action; a status of 4 or 5 tells it too', fits: ({ reported }) => reported.some(({ status }) => status !== null) },
  { name: 'notification of Exchange or Exim', kind: 'bounce', confidence: 0.95, why: 'only reports of failure carry these fields', fits: ({ header }) => header('x-failed-recipients') !== '' },
  {
    name: 'mailing list takes mail from members only', kind: 'bounce', confidence: 0.8, why: 'list servers name themselves in X-MLServer',
    fits: ({ header, subject, text }) => header('x-mlserver') !== '' && /not (?:a )?member/.test(`${subject} ${text}`),
  },
  {
    name: 'answer of a machine by header', kind: 'autoReply', confidence: 0.95, why: 'RFC 3834 and the older fields of vacation programs',
    fits: (signs) => saysAutoReply(signs) && !looksLikeBounce(signs),
  },
  { name: 'out of office by subject', kind: 'autoReply', confidence: 0.9, why: 'the subjects that mail programs write', fits: ({ subject }) => autoReplySubjects.test(subject) && !bounceSubjects.test(subject) },
  { name: 'delay notice', kind: 'delayed', confidence: 0.8, why: 'a server that will go on trying', fits: (signs) => looksLikeBounce(signs) && willTryOn.test(`${signs.subject}\n${signs.text.slice(0, 4_000)}`) },
  { name: 'report in words', kind: 'bounce', confidence: 0.9, why: 'from a server, with the words of a report', fits: looksLikeBounce },
  { name: 'disposition notification', kind: 'autoReply', confidence: 0.9, why: 'RFC 8098: a program tells that a mail was shown or deleted', fits: ({ mail }) => mail.disposition },
  { name: 'out of office in words', kind: 'autoReply', confidence: 0.7, why: 'the first words of an absence note', fits: (signs) => autoReplyWords.test(signs.text.slice(0, 2_000)) && (signs.nullSender || signs.header('auto-submitted') !== '' || signs.header('precedence') !== '') },
  { name: 'asks to be taken off', kind: 'optOut', confidence: 0.8, why: 'the word alone, as subject or first line (RFC 2369 mailto, or by hand)', fits: ({ subject, text }) => optOutWords.test(subject) || optOutWords.test(text.slice(0, 200)) },
  { name: 'answers a message', kind: 'reply', confidence: 0.8, why: 'RFC 5322 3.6.4: In-Reply-To or References', fits: ({ header }) => header('in-reply-to') !== '' || header('references') !== '' },
  { name: 'subject of an answer', kind: 'reply', confidence: 0.6, why: 'RFC 5322 3.6.5, and what other languages made of it', fits: ({ subject }) => /^(?:re|aw|antw|sv|vs|odp|rif|res|tr|回复|答复|返信|回覆)(?:\[\d+\])? ?[:：]/u.test(subject) },
]

const challengeWords = /requires? confirmation|confirm (?:this|your) (?:mail|message|e-?mail|address)|pre-?approved|challenge[- ]response/i

const willTryOn = /will (?:continue|keep) (?:trying|to try|to attempt)|still (?:trying|being retried)|not (?:yet )?(?:been )?delivered (?:yet|after)|no action is required|you do not need to (?:resend|re-send)|delivery (?:is|has been|was) delayed|delayed (?:mail|\d+|for)|this is a warning|warning: (?:message|could not send)|temporarily (?:deferred|undeliverable)|transient non-fatal|attempts will be made|versuche werden|nouvelle tentative|se seguirá intentando/i

function saysAutoReply({ header }: Signs): boolean {
  return /^auto-(?:replied|notified)/i.test(header('auto-submitted')) || autoFields.some((name) => header(name) !== '' && !/^(?:no|none)\b/i.test(header(name)))
    || /auto_?-?reply|auto-?respon/i.test(header('precedence')) || /vacation|autorespond|auto-?reply/i.test(`${header('x-mailer')} ${header('x-apple-action')} ${header('delivered-to')}`)
}

const autoFields = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-auto-response', 'x-mail-autoreply', 'x-autoreply-from', 'x-autogenerated-reply', 'x-autoresponder', 'x-vacation', 'x-ms-inbox-rules-loop']

/** The words of a refusal, for those that answer with nothing else. */
function certainWords(text: string): boolean {
  const cause = judgeWords(text.slice(0, 500))?.cause
  return cause !== undefined && (isDead(cause) || cause === 'mailboxFull')
}

function looksLikeBounce({ fromServer, nullSender, subject, text }: Signs): boolean {
  return (fromServer && (bounceSubjects.test(subject) || bounceWords.test(text))) || (bounceSubjects.test(subject) && bounceWords.test(text)) || (nullSender && !autoReplySubjects.test(subject) && (bounceWords.test(text) || certainWords(text)))
}
