/**
 * What servers write when they refuse, as a table: the first row that fits decides. The order is the safety: a reason that leaves the
 * address alive outweighs one that kills it, since a good address that is marked dead is the worst error of all; only what is vague
 * ("access denied", "rejected") waits until the end. Patterns meet plain words (plain-words.ts): lower case, no accents, no names.
 */
import type { Cause } from './causes.ts'
import { deadRules } from './text-rules-dead.ts'
import { fullRules } from './text-rules-full.ts'

export type TextRule = { name: string; cause: Cause; why: string; says: RegExp[] }

/** Clear words for a reason that has nothing to do with whether the address exists. */
const livingRules: TextRule[] = [
  {
    name: 'the sender was refused', cause: 'sender', why: 'judges the envelope sender or From, whatever else the sentence says is unknown (RFC 3463 X.1.7, X.1.8)',
    says: [
      /\b(?:sender|from|return[- ]path|mail from)(?: ?(?:e-?mail)?(?:'s)? (?:address|domain|mailbox|host|name|envelope))?[^a-z@]{0,3}(?: ?@ ?)?[^a-z]{0,5}(?:(?:is|was|has been|does|domain|address|must|could|can|cannot) )?(?:not? |been )?(?:reject|refus|denied|block|unknown|invalid|not (?:accept|allow|permit|valid|verif|exist|found)|disallow|verif|verify|banned|exist|resolve)/,
      /\b(?:domain|address|host) of (?:the )?sender|sender(?:'s)? (?:domain|address|host)|(?:bad|invalid|illegal|unknown|forged|unresolvable|unqualified|blacklisted|blocked) (?:sender|return path|from)\b/,
      /(?:could not|cannot|can not|can't|unable to|failed to|not) (?:verify|validate|complete) (?:the )?sender/,
      /sender (?:verify|verification|callout|callback|validation)|callout verification|(?:after|reply to|response to|during)[^.]{0,20}\bmail from\b/,
      /\bfrom (?:a |an )?(?:invalid|non-?existent|unknown|unresolvable) (?:domain|sender|address|host)/,
      /domain (?:name )?@? ?(?:in|of) (?:the )?(?:mail from|sender|envelope|return)|mail from:? ?@? ?(?:domain|address)/,
      /(?:expediteur|absender|remitente|remetente|mittente|afzender|nadawc|отправител|відправник|発信者|送信者|差出人|发件人|寄件者|발신자)[^.]{0,40}(?:refus|abgelehnt|rechaz|rejeit|rifiut|geweiger|odrzuc|отклон|відхил|拒否|拒绝|拒絕|거부)/,
    ],
  },
  {
    name: 'DMARC, DKIM, SPF', cause: 'authentication', why: 'judges the proof of origin, not the address (RFC 7372, 7489)',
    says: [
      /\bdmarc\b|\bdkim\b|\bspf\b|sender policy framework|domainkeys|\barc[- ](?:seal|fail)|unauthenticated (?:e-?mail|message|mail)|not authenticated/,
      /authentication (?:is )?(?:required|failed|failure|needed|checks?|problem|credentials|information)|requires? (?:smtp )?authentication|must (?:be authenticated|authenticate)|smtp auth/,
      /failed (?:the )?(?:recipient domain's )?(?:authentication|antispoof)|spoof/,
    ],
  },
  {
    name: 'relaying denied', cause: 'relayDenied', why: 'a server that does not serve the domain was asked: its set-up, not the address',
    says: [
      /\brelay(?:ing)?\b[^.]{0,30}(?:denied|not (?:permitted|allowed|authori[sz]ed|supported)|prohibited|rejected|disabled|forbidden|refused|access)|relay access/,
      /(?:unable|not (?:allowed|permitted|authori[sz]ed|configured)|cannot|can't|refuse[sd]?|denied|do(?:es)? not|don't|won't|will not|no) (?:to )?relay|not an? (?:open )?relay|open relay|rcpthosts|allowed rcpt|anonymous relay/,
      /unauthori[sz]ed relay|we do(?: not|n't) (?:handle|accept|process|host) (?:mail|messages|e-?mail) (?:for|to)|relais refuse/,
    ],
  },
  {
    name: 'block lists and reputation', cause: 'blocked', why: 'judges the sending host: it may send tomorrow, others may send today',
    says: [
      /\b(?:black|block|deny|grey|gray)[- ]?list|\b(?:rbl|dnsbl|dnsrbl|rblsmtpd|spf|cbl|sbl|xbl|pbl)\b|spamhaus|spamcop|sorbs|senderbase|barracuda ?central|cloudmark|mail-abuse|abuseat|invaluement|uceprotect/,
      /\b(?:ip|client|host|server|address|connection|connections|sending|mta|network|domain|url)\b[^.]{0,40}\b(?:is|was|are|been|currently|temporarily|has)? ?(?:blocked|banned|(?<!not )listed|blocklisted|suspicious|not allowed to connect|poor reputation)/,
      /\breputation\b|reverse[- ]?(?:dns|lookup|mapping|resolution|host)|\bptr\b|\brdns\b|(?:cannot|can't|could not|unable to|does not) (?:find|resolve)[^.]{0,20} your (?:reverse )?(?:host ?name|ip)|your (?:host ?name|ip)[^.]{0,30}(?:not|does)/,
      /client host[^.]{0,80}(?:reject|block|denied)|(?:no|missing|invalid|bad|generic) (?:reverse|rdns|ptr)|fix reverse|dynamic (?:ip|address)|dial-?up|residential|forward[- ]confirmed|fcrdns/,
      /helo (?:command )?(?:name )?(?:reject|invalid|denied)|(?:invalid|bad|forged|bogus) (?:helo|ehlo)|(?:helo|ehlo)[^.]{0,40}(?:reject|invalid|denied|not accept|resolve|fqdn)/,
      /blocked (?:by|using|for|due|because|at|from|until)|(?:has|have|was|were|been|is|are) (?:been )?(?:temporarily )?(?:block(?:ed)?|banned)\b|\bbanned\b|not accept\w* (?:mail|messages|connections) from (?:your|this|you)|refused to talk to me|(?:we|does|will|do) not accept (?:mail|email|messages|connections?) from/,
      /(?:invalid|your|sending|this) ip\b|\b(?:abuse|complaints?)\b[^.]{0,40}(?:from|about|host|your)|service (?:unavailable|denied)[^.]{0,6}client/,
    ],
  },
  {
    name: 'spam', cause: 'spam', why: 'judges the message',
    says: [
      /\bspam|\bspamm?(?:y|er|ing)\b|spamassassin|bogofilter|\bube\b|\buce\b|\bjunk\b|unsolicited|(?:bulk|mass) ?(?:e-?)?mail|phish|\bscam\b|pornograph|advertis|commercial e?-?mail|high probability of|message (?:score|looks like)|mail content denied|gtube/,
      /(?:垃圾|스팸|スパム|迷惑メール)|спам|нежелательн|courrier indesirable|correo no deseado|ungewollt|unerwunscht/,
    ],
  },
  { name: 'virus', cause: 'virus', why: 'judges the message', says: [/\bvirus|infected|malware|trojan|\bclamav\b|ransomware|eicar/] },
  {
    name: 'too big', cause: 'tooBig', why: 'judges the message (RFC 1870, RFC 3463 X.2.3, X.3.4)',
    says: [
      /(?:message|mail|e-?mail|content|data|body|header|headers|attachment|attachments|file|size|it|letter)\b[^.]{0,40}(?:is |was |are )?(?:too (?:big|large|long)|larger than|bigger than|in excess of)|too (?:big|large)\b|oversized?\b|size[^.]{0,30}(?:exceed|limit|restriction|violat)/,
      /(?:message|mail|e-?mail|content|data|body)\b[^.]{0,30}exceed[^.]{0,40}(?:size|limit|length|maximum)|exceed\w*[^.]{0,30}(?:maximum|fixed|message|allowed|permitted|max) (?:allowed |message |mail |permitted )?size|(?:maximum|max|allowable) (?:message|mail|allowed|permitted)? ?size|message (?:size|length)/,
      /(?:nachricht|mail|message|mensaje|mensagem|messaggio|bericht|wiadomosc|сообщени|письм)[^.]{0,40}(?:zu gross|trop (?:gros|volumineu|grand)|demasiado grande|muito grande|troppo grande|te groot|zbyt duz|слишком велик|превыша)|サイズ[^.]{0,20}(?:超|大き)|(?:邮件|信件|郵件)[^.]{0,12}(?:过大|過大|太大|超过)|크기[^.]{0,12}초과/,
    ],
  },
  {
    name: 'too often, too many', cause: 'rateLimited', why: 'judges the pace',
    says: [
      /too many (?:connections?|messages|e?-?mails|sessions|concurrent|errors|failed|bad|invalid|unknown|recipients|rcpt|hops in short|requests|different|simultaneous)|rate[- ]?(?:limit|control)|throttl|too (?:fast|frequent|often)|slow down|gr[ae]y-? ?list|concurren/,
      /(?:exceed|reached|over)[^.]{0,50}(?:per (?:hour|day|minute|second|session|connection)|hourly|daily|sending limit|rate\b|connections|number of (?:messages|recipients|emails))|receiv\w* (?:mail|messages) (?:at a rate|too quickly)|(?:daily|hourly|sending|recipient) (?:quota|limit|rate)|frequency limited|unusual rate/,
    ],
  },
  {
    name: 'content or form of the message', cause: 'content', why: 'judges the message (RFC 3463 X.6)',
    says: [
      /\battachments?\b|\b(?:content|subject|headers?|body)\b[^.]{0,30}(?:reject|filter|not (?:allowed|accept|permit)|restrict|inspection|block|denied|violat)|message (?:content|filter|inspection)|(?:executable|zip|password[- ]protected) (?:file|content|archive)|rfc ?-?(?:2822|5322|compliant|822(?! ?;))|not (?:rfc|compliant)|non-?compliant|8 ?bit|(?:invalid|bad|nested|too many) mime|bare (?:lf|cr|line)|improper use of|malformed (?:message|header|mail|mime)|duplicate header|missing (?:header|message-id|date)|too many hops|routing loop|mail (?:forwarding )?loop|loop(?:s)? (?:back|detect)|hop count/,
    ],
  },
  {
    name: 'TLS', cause: 'policy', why: 'judges the connection (RFC 3207, 8461)',
    says: [/starttls|\btls\b|\bssl\b|certificate|encrypt|\bdane\b|mta-sts/],
  },
  {
    name: 'nobody may write there', cause: 'policy', why: 'the address exists, and takes mail from others',
    says: [
      /(?:not|aren't|isn't|never|only) (?:been )?(?:authori[sz]ed|allowed|permitted|able|have permission|accepting)\b[^.]{0,40}(?:post|send|submit|deliver|mail|write|messages|receive|members)|(?:not|n't) have permission|permission to (?:post|send)|restricted|only accept\w* (?:mail|messages|e-?mail)|(?:requires?|needs|awaiting) (?:confirmation|approval|moderation)|pre-?approved|not accept\w* (?:mail|messages|e-?mail|any)[^.]{0,30}(?:from|with|due|attach|that)|senders? (?:list|is not on)|closed (?:group|list)|members[- ]only|white-? ?list|not on (?:the|my|our) (?:allowed|accept|guest)/,
      /\bpolic(?:y|ies)\b|administrative(?:ly)? prohibit|prohibited|security (?:reasons|settings|policies)|protected by|challenge|rule(?:s)? (?:imposed|violat|reject)|transport\.rules/,
    ],
  },
  {
    name: 'waited too long', cause: 'expired', why: 'nobody answered for the address: the way there failed, for now (RFC 3463 X.4.7)',
    says: [
      /\b(?:delivery|message|queue|retry|retries|lifetime|attempts?)\b[^.]{0,30}(?:expired?\b|timed? ?out|time-?out|exceeded|exhausted|too long|given up|period)|\bexpired\b|too long in (?:the )?queue|in (?:the )?queue (?:for )?too long|been (?:in|on) (?:the |our |my )?(?:mail )?queue|queued (?:for|too)|failed for too long|for a long time|(?:maximum|max) (?:time|retries|delivery|queue|age)/,
      /(?:could not|not|unable to|cannot|has not|have not) (?:yet )?(?:be |been |deliver\w* )?[^.]{0,40}(?:within|after|for|in|over) (?:the (?:last|past) )?[\d.]+ ?(?:hours?|days?|minutes?|attempts?|tries)|(?:undeliver|delay)\w*[^.]{0,30}(?:for|after) [\d.]+ ?(?:hours?|days?|h\b|d\b)|delivery failed \d+ (?:attempts|times)|failed (?:after|for) \d+|have been (?:trying|failing)|will (?:continue|keep) (?:trying|to try)|will retry|not responding|no longer (?:be )?(?:tried|retried)/,
      /超时|逾時|タイムアウト|期限|시간.{0,6}초과|истек|просроч|delai (?:d'|de )|zeit(?:limit|uberschreit)|abgelaufen|scadut|przekroczono czas|zaman asim/,
    ],
  },
  {
    name: 'try again', cause: 'network', why: 'a lookup without an answer is no answer about the address (RFC 3463 X.4.3, X.4.4 as 4yz)',
    says: [
      /(?:not found|error|failure|failed|servfail|dns|lookup|name server)[^a-z]{0,6}[^.]{0,30}try again|(?:temporar\w*|transient|soft)[^.]{0,30}(?:dns|lookup|resolution|name server|look-?up|resolve|resolving)|(?:dns|name server|name service|lookup)[^.]{0,40}(?:temporar|soft|time-?out|timed out|servfail|refused|query failed|deferred|failed: no answer)|servfail|dns query failed/,
      /connection (?:attempt )?(?:has )?(?:been )?(?:refused|timed? ?out|reset|lost|closed|dropped|aborted|failed|died|broken|was)|lost connection|no route to host|(?:network|host|server|destination) (?:is )?(?:unreachable|down|not reachable|busy)|(?:cannot|can't|could(?: not|n't)|unable to|wasn't able to|was not able to|failed to|error) (?:establish|connect|reach|contact|open|talk)\w*\b[^.]{0,40}(?:connection|host|server|mta|mx|port|smtp|to|remote|system|an)|did not (?:respond|accept our requests to connect)|no (?:response|answer|reply) from|(?:network|communication|socket|connection|i\/o) (?:error|failure|problem|is down)|broken pipe|operation timed|host (?:is )?down|address family|(?:could not|couldn't|cannot|can't|unable to) (?:find|determine) (?:a |the )?(?:gateway|route)\b/,
    ],
  },
  {
    name: 'the server is in trouble', cause: 'system', why: 'RFC 3463 X.3: the mail system, not the address',
    says: [
      /insufficient (?:system )?(?:storage|resources|memory)|(?:system|server) (?:storage|disk|resources?|is full|busy|overload|not accepting|error|problem|failure|maintenance|configuration|incorrectly|too busy)|no space left|disk full|internal (?:server )?(?:software )?error|i\/o error|out of memory|resources? (?:temporarily|unavailable|shortage)|(?:local|remote|system|server|configuration|mail ?system|mailer|software|program|processing|unexpected|backend|database|ldap|directory|(?<!name )service|script|command)(?: (?:configuration|delivery|processing))? (?:error|failure|exception|problem|malfunction)|(?:can't|cannot|can not|couldn't|could not) (?:create|open|write|lock|access|chdir|exec|append|save|store)|(?:unable|failed) to (?:create|open|write|lock|chdir|exec|run|update)|unknown mailer|command (?:died|failed|output|time limit)|core dump|permission denied|unavailable for (?:maintenance|some time)|temporar\w* (?:unavailable|failure|error|problem|local|disabled|suspended|rejected|refused|deferred|not)|service (?:is )?(?:not available|temporarily|currently)|shutting down|can(?:not|'t) process|local problem|maildir[^.]{0,20}(?:sticky|lock)|file[^.]{0,20}(?:permission|exist)/,
    ],
  },
]

/** Vague words: the address may exist or not, so it lives. */
const vagueRules: TextRule[] = [
  {
    name: 'account put to sleep', cause: 'suspended', why: 'such accounts come back: unpaid, unused, locked by an administrator (RFC 3463 X.2.1)',
    says: [
      /(?:account|mailbox|mail ?box|user|recipient|address|domain|inbox|owner|customer|subscriber)\b[^.]{0,50}(?:suspend|disabl|deactivat|inactiv|not active|isn't active|locked|frozen|on hold|dormant|closed|discontinued|cancel|terminat|expired|blocked|restricted|unpaid|not enabled|turned off)|(?:inactive|disabled|suspended|deactivated|dormant|closed) (?:user|account|mailbox|recipient|address|e-?mail)|user is inactive/,
      /(?:konto|postfach|compte|boite|cuenta|buzon|conta|caixa|casella|account)[^.]{0,30}(?:gesperrt|deaktiviert|inaktiv|desactive|suspendu|bloque|suspendid|desactivad|bloquead|inativ|inattiv|disattivat|sospes|geblokkeerd|nieaktywn|zablokowan)|(?:ящик|аккаунт|учетн)[^.]{0,40}(?:заблокирован|отключен|неактив)|(?:停止|停用|冻结|凍結|禁用|휴면|정지)/,
    ],
  },
  {
    name: 'command not understood', cause: 'syntax', why: 'two servers that do not understand each other (RFC 3463 X.5)',
    says: [/syntax error|command (?:not|unrecogni[sz]ed|is not|parameter|argument|rejected)|unrecogni[sz]ed command|bad (?:sequence|command)|protocol (?:error|violation)|need (?:mail|rcpt|helo|ehlo)|out of (?:order|sequence)|not implemented|no valid recipients|valid rcpt/],
  },
  {
    name: 'later', cause: 'system', why: 'whoever says that something is so for now says that it will change',
    says: [/temporar|try (?:again|later)|try it (?:again|later)|currently (?:unavailable|not)|at this time|over ?load|busy|retry|please wait|transient|persistent/],
  },
  { name: 'refused without a reason', cause: 'refused', why: 'a no that names no reason may have any', says: [/denied|reject|refus|unavailable|not (?:accept|allow|permit)|declin|disallow|forbidden|unable to (?:deliver|process|accept)|cannot (?:be )?(?:deliver|accept|process)|prohibit|kill|discard/] },
]

export const textRules: readonly TextRule[] = [...fullRules, ...livingRules, ...deadRules, ...vagueRules]
