/** The words by which reports, absence notes and opt-out requests are known, in the languages they come in. They meet lower-case text. */
import { phrases } from './phrases.ts'

/** Names that mail servers give themselves in From. */
export const serverNames = phrases`
  mailer-?daemon | post[ _-]?master | mail ?delivery | delivery (sub|s)ystem | mail(er)? ?system | mail administrator | system administrator
  mail ?server | maileradmin | mdaemon | bounce | automail | microsoft ?exchange | mailsweeper | surfcontrol | antivir | delivery[- ](failure|agent)
`

export const bounceSubjects = phrases`
  un-?deliver | returned (e-?)?mail | return(ed|ing)? (message )?to sender | returned: | mail returned | bounce | delayed | not delivered | non-?deliver
  delivery (status|failure|failed|problem|report|error|notification|has failed|subsystem|unsuccessful) | delivery$ | user unknown | unknown user
  fail(ure|ed) (notice|delivery|mail|to deliver) | mail (delivery|system|status|failure|error|could not) | (could not|cannot|couldn't|can't|not) be (delivered|sent)
  message (you sent )?(delivery|status|rejected|could not|undeliver|not delivered) | warning: (could not|message|e?-?mail) | permanent (error|delivery)
  (rejected|blocked|refused) (mail|message|e-?mail) | ^rejected: | automatic(ally)? rejected | problem delivering | unable to deliver | error sending
  zustell | nicht zugestellt | non (distribu|remis|délivr) | échec | retour(né)? | no se (puede|pudo) entregar | no entregad | error de entrega | devuelto
  não (foi )?entregue | falha | devolvid | mancata consegna | non recapitat | impossibile recapit | onbestelbaar | niet (bezorgd|afgeleverd)
  niedostarcz | nie dostarczono | zwrot | не ?доставлен | невозможно доставить | ошибка доставки | помилка доставки | nedoručiteln | iletilemedi
  kan ikke leveres | kunde inte levereras | ej levererad | olevererbar | ikke leveret | ei voitu toimittaa | kézbesít
  配信(不能|エラー|できません|失敗) | 送信エラー | 未配信 | エラーメール | 退信 | 退回 | 投递失败 | 發送失敗 | 发送失败 | 无法投递 | 無法傳遞 | 未送达 | 未傳遞
  邮件.{0,6}失败 | 전송 ?실패 | 배달 | 반송
`

export const bounceWords = phrases`
  this (message|e-?mail) was created automatically by (the )?mail | (could ?no|couldn'|can'|canno)t be delivered | not delivered | undeliverable | did not reach
  wasn't able to deliver | unable to (deliver|send) | delivery (to|of) ... (failed|aborted) | delivery (has )?fail | failed to deliver | delivery attempt
  permanent (fatal )?error | returned to (the )?sender | (was|has)( not|n't) (be(en)? )?delivered | had (permanent|delivery) (fatal )?(errors|problems)
  transcript of session | final-recipient: | (was|been) rejected | was refused | problem (delivering|while) | failure reasons
  message( you sent)? ... (bounced|rejected|returned) | user unknown | unknown user | no such user | mailbox (is )?(full|unavailable)
  \b5\d\d[ -]5\.\d\.\d | \b55[0-4]\s
  nicht (zugestellt|ausgeliefert) | unzustellbar | n'a pas pu être | non distribu | no (pudo|se pudo|ha podido|se ha podido|puede) ... entreg
  não (pôde|foi|pode) ... entreg | non (è stato|può essere) ... (consegnat|recapitat) | niet (worden )?(bezorgd|afgeleverd)
  nie (mogła|została|można) ... dostarcz | не (может быть|было|удалось|был) ... достав | не вдалося ... достав
  配信(でき|不能|されません) | 送信できません | 届けることができ | 宛先不明 | 无法(投递|送达|发送) | 無法(傳遞|投遞|送達) | 投递失败 | 전송할 수 없 | 배달(되지|하지|할 수)
`

/** A server that has not given up. */
export const willTryOn = phrases`
  will (continue|keep) (trying|to try|to attempt) | still (trying|being retried) | not (yet )?(been )?delivered (yet|after) | no action is required
  you do not need to (resend|re-send) | delivery (is|has been|was) delayed | delayed (mail|\d+|for) | this is a warning | warning: (message|could not send)
  temporarily (deferred|undeliverable) | transient non-fatal | (?<!no (further|more) (delivery )?)attempts will be made | versuche werden | nouvelle tentative | se seguirá intentando
`

/** Of machines that deliver once the sender has confirmed. */
export const challengeWords = phrases`requires? confirmation | confirm (this|your) (mail|message|e-?mail|address) | pre-?approved | challenge[- ]response`

export const absenceSubjects = phrases`
  \bout[- ]of[- ](the[- ])?office\b | ^auto(matic|mated)?[- ]?(re(ply|sponse)|respon[ds]\w*|answer) | ^auto: | ^ooo\b
  \b(autoreply|auto-reply|autoresponder?|auto response|automatic reply|automated (reply|response))\b
  \b(vacation|away from (my|the)|on leave|on holiday|annual leave)\b | abwesen | automatische (antwort|reply) | nicht im (büro|hause)
  réponse automatique | absence du bureau | absent | respuesta automática | fuera de (la )?oficina | resposta automática | ausência | risposta automatica
  fuori (sede|ufficio) | automatisch antwoord | afwezig | automatyczna odpowiedź | nieobecno | автоответ | автоматический ответ | отсутств | автовідповід
  automatická odpověď | otomatik yanıt | autosvar | automatiskt? svar | automaattinen vastaus
  自動返信 | 自動応答 | 不在 | 自动(回复|答复) | 自動回覆 | 부재중 | 자동 ?(응답|회신)
`

export const absenceWords = phrases`
  \bi( am|'m| will be) ... (out of (the )?office|on (vacation|holiday|leave)|away (from|until)|currently away) | this is an auto(matic|mated)? (reply|response)
  (thank you|thanks) for (your (e-?mail|message|enquiry|inquiry)|contacting)[^]{0,200}(will (reply|respond|get back)|automat)
  ich bin (derzeit|zur zeit|ab|bis|vom) ... (nicht|abwesend) | je suis (absent|actuellement absent|en congé) | estoy fuera
  confirm that you are | whitelist | challenge | verify your (message|email)
`

/** A line that asks for nothing else. */
export const optOutLine = new RegExp(`^[^\\p{L}]*(?:re: *)?(?:please )?(?:${phrases`
  unsubscribe | opt[- ]?out | remove me | stop | abmelden | abbestellen | désabonn\p{L}* | désinscri\p{L}* | cancelar (suscripción|inscrição) | darme de baja
  disiscri\p{L}* | cancellami | uitschrijven | wypisz | отпис\p{L}* | відпис\p{L}* | 退订 | 取消订阅 | 配信停止 | 수신거부
`.source})(?: \\S+){0,3}[^\\p{L}]*$`, 'u')

/** What mail programs put before the subject of an answer (RFC 5322 3.6.5 knows "Re: " only). */
export const answerSubjects = /^(?:re|aw|antw|sv|vs|odp|rif|res|tr|回复|答复|返信|回覆)(?:\[\d+\])? ?[:：]/u
