/** Refusals of the sender, its host or the message: clear words for a reason that has nothing to do with whether the address exists. */
import { phrases } from './phrases.ts'
import type { TextRule } from './text-rules.ts'

const refused = 'reject|refus|denied|block|unknown|invalid|disallow|verif|banned|exist|resolve|not (accept|allow|permit|valid|verif|exist|found)'
const senders = 'expediteur|absender|remitente|remetente|mittente|afzender|nadawc|отправител|відправник|発信者|送信者|差出人|发件人|寄件者|발신자'
const refusedElsewhere = 'refus|abgelehnt|rechaz|rejeit|rifiut|geweiger|odrzuc|отклон|відхил|拒否|拒绝|拒絕|거부'
const senderWords = '(address|domain|mailbox|host|name|envelope)'
const sendingHost = 'ip|client|host|server|address|connections?|sending|mta|network|domain|url'
const message = 'message|mail|e-?mail|content|data|body|headers?|attachments?|file|size|it|letter'
const messageElsewhere = 'nachricht|mail|message|mensaje|mensagem|messaggio|bericht|wiadomosc|сообщени|письм'
const tooBigElsewhere = 'zu gross|trop (gros|volumineu|grand)|demasiado grande|muito grande|troppo grande|te groot|zbyt duz|слишком велик|превыша'

export const messageRules: readonly TextRule[] = [
  {
    name: 'the sender was refused', cause: 'sender', why: 'judges the envelope sender or From, whatever else the sentence calls unknown (RFC 3463 X.1.7, X.1.8)',
    says: phrases`
      \b(sender|from|return[- ]path|mail from)( ?(e-?mail)?('s)? ${senderWords})?[^a-z@]{0,3}( ?@ ?)?[^a-z]{0,5}((is|was|has been|does|domain|address|must|could|can|cannot) )?(not? |been )?(${refused})
      \b(domain|address|host) (of|for) (the )?sender | \bfrom: (domain|address) | valid from\b | gateway user | sender('s)? (domain|address|host)
      (bad|invalid|illegal|unknown|forged|unresolvable|unroute?able|unqualified|blacklisted|blocked) (sender|return path|from)\b
      (could not|cannot|can not|can't|unable to|failed to|not) (verify|validate|complete) (the )?sender
      sender (verify|verification|callout|callback|validation) | callout verification | \bbatv\b | backscatter
      (after|reply to|response to|during) ... \bmail from\b
      \bfrom (a |an )?(invalid|non-?existent|unknown|unresolvable) (domain|sender|address|host)
      domain (name )?@? ?(in|of) (the )?(mail from|sender|envelope|return) | mail from:? ?@? ?(domain|address)
      (${senders}) ... (${refusedElsewhere})
    `,
  },
  {
    name: 'DMARC, DKIM, SPF', cause: 'authentication', why: 'judges the proof of origin, not the address (RFC 7372, 7489)',
    says: phrases`
      \bdmarc\b | \bdkim\b | \bspf\b | sender policy framework | domainkeys | \barc[- ](seal|fail) | spoof
      unauthenticated (e-?mail|message|mail) | not authenticated | smtp auth
      authentication (is )?(required|failed|failure|needed|checks?|problem|credentials|information)
      requires? (smtp )?authentication | must (be authenticated|authenticate)
      failed (the )?(recipient domain's )?(authentication|antispoof)
    `,
  },
  {
    name: 'relaying denied', cause: 'relayDenied', why: 'a server that does not serve the domain was asked: its set-up, not the address',
    says: phrases`
      \brelay(ing)?\b ... (denied|not (permitted|allowed|authori[sz]ed|supported)|prohibited|rejected|disabled|forbidden|refused|access)
      (unable|not (allowed|permitted|authori[sz]ed|configured)|cannot|can't|refuse[sd]?|denied|do(es)? not|don't|won't|will not|no) (to )?relay
      relay access | not an? (open )?relay | open relay | anonymous relay | unauthori[sz]ed relay | relais refuse
      rcpthosts | allowed rcpt | we do( not|n't) (handle|accept|process|host) (mail|messages|e-?mail) (for|to)
    `,
  },
  {
    name: 'block lists and reputation', cause: 'blocked', why: 'judges the sending host: it may send tomorrow, others may send today',
    says: phrases`
      \b(black|block|deny|grey|gray)[- ]?list | \b(rbl|dnsbl|dnsrbl|rblsmtpd|cbl|sbl|xbl|pbl)\b
      spamhaus | spamcop | sorbs | senderbase | barracuda ?central | cloudmark | mail-abuse | abuseat | invaluement | uceprotect
      \b(${sendingHost})\b ... \b(is|was|are|been|currently|temporarily|has)? ?(blocked|banned|(?<!not )listed|blocklisted|suspicious)
      \breputation\b | reverse[- ]?(dns|lookup|mapping|resolution|host) | \bptr\b | \brdns\b | fix reverse
      (no|missing|invalid|bad|generic) (reverse|rdns|ptr) | forward[- ]confirmed | fcrdns
      (cannot|can't|could not|unable to|does not) (find|resolve) ... your (reverse )?(host ?name|ip) | your (host ?name|ip) ... (not|does)
      client host ... (reject|block|denied) | not allowed to connect | dynamic (ip|address) | dial-?up | residential
      helo (command )?(name )?(reject|invalid|denied) | (invalid|bad|forged|bogus|your) (helo|ehlo)
      (helo|ehlo) ... (reject|invalid|denied|not accept|resolve|fqdn)
      blocked (by|using|for|due|because|at|from|until) | \bbanned\b
      (has|have|was|were|been|is|are) (been )?(temporarily )?(block(ed)?|banned)\b
      (not|we|does|will|do) (not )?accept\w* (mail|e-?mail|messages|connections?) from | refused to talk to me
      (invalid|your|sending|this) ip\b | \b(abuse|complaints?)\b ... (from|about|host|your) | service (unavailable|denied)[^.]{0,6}client
    `,
  },
  {
    name: 'spam', cause: 'spam', why: 'judges the message',
    says: phrases`
      \bspam | spamassassin | bogofilter | \bube\b | \buce\b | \bjunk\b | unsolicited | phish | \bscam\b | pornograph | advertis | gtube
      (bulk|mass) ?(e-?)?mail | commercial e?-?mail | high probability of | message (score|looks like) | mail content denied
      (垃圾|스팸|スパム|迷惑メール) | спам | нежелательн | courrier indesirable | correo no deseado | ungewollt | unerwunscht
    `,
  },
  { name: 'virus', cause: 'virus', why: 'judges the message', says: phrases`\bvirus | infected | malware | trojan | \bclamav\b | ransomware | eicar` },
  {
    name: 'too big', cause: 'tooBig', why: 'judges the message (RFC 1870, RFC 3463 X.2.3, X.3.4)',
    says: phrases`
      (${message})\b ... (is |was |are )?(too (big|large|long)|larger than|bigger than|in excess of)
      too (big|large)\b | oversized?\b | size ... (exceed|limit|restriction|violat)
      (message|mail|e-?mail|content|data|body)\b ... exceed ... (size|limit|length|maximum)
      exceed\w* ... (maximum|fixed|message|allowed|permitted|max) (allowed |message |mail |permitted )?size
      (maximum|max|allowable) (message|mail|allowed|permitted)? ?size | message (size|length)
      (${messageElsewhere}) ... (${tooBigElsewhere})
      サイズ ... (超|大き) | (邮件|信件|郵件) ... (过大|過大|太大|超过) | 크기 ... 초과
    `,
  },
  {
    name: 'too often, too many', cause: 'rateLimited', why: 'judges the pace',
    says: phrases`
      too many (connections?|messages|e?-?mails|sessions|concurrent|errors|failed|bad|invalid|unknown|recipients|rcpt|requests|different|simultaneous)
      rate[- ]?(limit|control) | throttl | too (fast|frequent|often) | slow down | gr[ae]y-? ?list | concurren | frequency limited | unusual rate
      (exceed|reached|over) ... (per (hour|day|minute|second|session|connection)|hourly|daily|sending limit|rate\b|connections)
      (exceed|reached|over) ... number of (messages|recipients|emails)
      receiv\w* (mail|messages) (at a rate|too quickly) | (daily|hourly|sending|recipient) (quota|limit|rate)
    `,
  },
  {
    name: 'content or form of the message', cause: 'content', why: 'judges the message (RFC 3463 X.6)',
    says: phrases`
      \b(content|subject|headers?|body)\b ... (reject|filter|not (allowed|accept|permit)|restrict|inspection|block|denied|violat)
      \battachments?\b | message (content|filter|inspection) | (executable|zip|password[- ]protected) (file|content|archive)
      rfc ?-?(2822|5322|compliant|822(?! ?;)) | not (rfc|compliant) | non-?compliant | 8 ?bit | bare (lf|cr|line) | improper use of
      (invalid|bad|nested|too many) mime | malformed (message|header|mail|mime) | duplicate header | missing (header|message-id|date)
      too many hops | hop count | routing loop | mail (forwarding )?loop | loop(s)? (back|detect)
    `,
  },
  { name: 'TLS', cause: 'policy', why: 'judges the connection (RFC 3207, 8461)', says: phrases`starttls | \btls\b | \bssl\b | certificate | encrypt | \bdane\b | mta-sts` },
  {
    name: 'not everybody may write there', cause: 'policy', why: 'the address exists, and takes mail from others',
    says: phrases`
      (not|aren't|isn't|never|only) (been )?(authori[sz]ed|allowed|permitted|able|have permission|accepting)\b ... (post|send|submit|deliver|mail|write|messages|receive|members)
      (not|n't) have permission | permission to (post|send) | restricted | only accept\w* (mail|messages|e-?mail)
      (requires?|needs|awaiting) (confirmation|approval|moderation) | pre-?approved | challenge | protected by
      not accept\w* (mail|messages|e-?mail|any) ... (from|with|due|attach|that) | senders? (list|is not on) | allowed senders
      closed (group|list) | members[- ]only | white-? ?list | not on (the|my|our) (allowed|accept|guest)
      \bpolic(y|ies)\b | administrative(ly)? prohibit | prohibited | security (reasons|settings|policies)
      rule(s)? (imposed|violat|reject) | transport\.rules
    `,
  },
]
