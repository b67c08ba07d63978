/**
 * Words after which an address will never work. They are met only when nothing said why the address might live (text-rules.ts).
 * "Mailbox unavailable" alone is not among them: RFC 5321 4.2.3 uses it for refusals of any kind.
 */
import type { TextRule } from './text-rules.ts'

export const deadRules: TextRule[] = [
  {
    name: 'takes no mail', cause: 'nullMx', why: 'the domain says that it takes no mail (RFC 7505)',
    says: [/null ?-?mx\b|(?:domain|host|@|server)[^.]{0,40}(?:does(?: not|n't)|do not|will not|never) (?:accept|receive|take|handle|process) (?:any )?(?:e-?mail|mail|messages)(?! from)|no (?:mail|smtp) service|(?:indicated|has) no smtp service|has no mail (?:server|exchanger)s?/],
  },
  {
    name: 'moved', cause: 'moved', why: 'mail is no longer taken at this address (RFC 5321 551, RFC 3463 X.1.6)',
    says: [/(?:user|recipient|mailbox|person|account|address|has|have|who) (?:has |have )?(?:been )?(?:permanently )?(?:moved|relocated|migrated)\b|moved to (?:@|another|a new|url)|(?:e-?mail )?address (?:has |was )?(?:been )?changed|no forwarding address|new (?:e-?mail )?address (?:is|:)|please try @/],
  },
  {
    name: 'unknown user, of Exchange', cause: 'userUnknown', why: 'names of errors of Exchange and Microsoft 365',
    says: [/resolver\.adr\.(?:recip|recipient|exrecip|invalidrecip)\w*notfound|recipnotfound|recipient ?not ?found|\b000c05a6\b|nosuchuser/],
  },
  {
    name: 'unknown host', cause: 'hostUnknown', why: 'the domain does not exist or names no host (RFC 3463 X.1.2, RFC 5321 5.1)',
    says: [
      /(?:host|domain|mail ?server|server|machine|site|system)(?: or domain)?(?: name)?\b[^.a-z]{0,8}(?:@|host)?[^.]{0,40}\b(?:not found|unknown|does(?: not|n't) exist|do not exist|non-?existent|not exist|no such|not known|could(?: not|n't) be (?:found|resolved)|can(?: not|not|'t) be (?:found|resolved)|not resolv|unresolvable|isn't (?:valid|registered)|not (?:a )?(?:valid|registered)|invalid)/,
      /(?:unknown|no such|non-?existent|invalid|illegal|bad|unresolvable|unroutable|unrouteable|wrong|undefined) (?:destination |recipient |remote |mail |target |internet |e-?mail )*(?:host|domain|server|system|site|node|mx)\b|illegal host|nxdomain|no (?:valid )?(?:mx|a|mx or a|address|dns|host|mail exchanger)s? (?:or a |or aaaa |and a )?(?:records?|hosts?|entr(?:y|ies)|information)|no (?:mx|records) (?:found|for|exist)|dns (?:error|failure)[^.]{0,60}(?:not found|no such|non-?existent)/,
      /couldn't find (?:any host|a mail exchanger)|(?:mx|dns) records? point to non-?existent|all relevant mx|name service error[^.]{0,80}(?:not found|no address)|(?:could(?: not|n't)|can(?: not|not|'t)|unable to|(?:not|n't) able to|failed to) (?:resolve|find|locate|determine)[^.]{0,40}(?:domain|host|mx|mail (?:server|exchange)|name)|domain[^.]{0,60}(?:couldn't be found|wasn't found|was not found)|(?:mail|email) (?:server|domain) (?:for|of)?[^.]{0,30}not found|host name lookup failure|not a valid (?:domain|host)|name or service not known|no address associated with|nodename nor servname/,
      /(?:domane?|domaine|dominio|domein|domena|domenu|домен|alan adi)\p{L}*[^.]{0,40}(?:unbekannt|existiert nicht|nicht gefunden|inconnu|introuvable|n.?existe pas|desconocid|no existe|inexistente|desconhecid|nao existe|sconosciut|non esiste|onbekend|bestaat niet|nie istnieje|nieznan|не существ|не найден|неизвест|не знайден|не існує|neexistuje|bulunamad)|(?:域名|ドメイン|도메인|网域|網域)[^.。]{0,20}(?:不存在|存在しません|見つかりません|无效|錯誤|错误|없습니다|존재하지)/u,
    ],
  },
  {
    name: 'no such user', cause: 'userUnknown', why: 'RFC 3463 X.1.1: the mailbox does not exist',
    says: [
      /no such (?:[a-z-]+ ){0,3}(?:user|recipient|mailbox|mail ?box|address|account|person|alias|name|id|customer|subscriber|login|member|destination|email|here|local)|no (?:such )?(?:mailbox|mail ?box|account|user|users|one|recipient)s? (?:here|available|by (?:that|this|the)|with (?:that|this|the)|of (?:that|this)|for (?:that|this)|named|called|found|exists?|at this|on this|in this)|no ?(?:one|body) (?:here )?(?:by|with) (?:that|this)|sorry,? no mailbox here|\bno mailbox\b/,
      /(?:unknown|invalid|nonexist\w*|non-?existent|non-?existing|bad|illegal|undefined|unrecogni[sz]ed|incorrect|wrong|undeliverable|mistyped|unrout(?:e)?able) (?:or \w+ )?(?:[a-z-]+ ){0,2}(?:user|recipient|mailbox|mail ?box|address|addressee|account|person|alias|local[- ]part|destination|login|rcpt|username|user ?id|e-?mail|names?|customer|subscriber|addresses)\b/,
      /(?:user|recipient|recipients|addressee|address|addresses|mailbox|mail ?box|account|person|alias|local[- ]part|login|customer|subscriber|member|destination|username|name|@|rcpt|e-?mail|individual|userid|user id)(?: name)?(?:\(s\))?[^.]{0,60}?\b(?:unknown|not (?:be )?(?:found|known|exist|recogni[sz]ed|listed|valid|registered|defined|our customer|local|identified)|not a (?:valid|known|registered|local|recogni[sz]ed|current)|(?:does|do|did)(?: not|n't|nt) exist|doesn't exist|invalid|isn't (?:valid|known|found|registered|listed)|wasn't found|was not found|couldn't be found|could not be (?:found|located|identified)|cannot be found|can't be found|non-?existent|nonexistent|no longer (?:exists?|valid|available|here|in use|active|with|works?|on (?:the|this|our|server)|a |employed|at|used|in service|being|registered|monitored|receiv|accept)|undefined|illegal|incorrect|not here|doesn't have (?:an?|any)|does not have (?:an?|any)|don't have (?:an?|any)|has left|left the|not in (?:the|our|this|my|directory|use)|not on (?:this|our|the) (?:server|system)|not (?:present|hosted|handled) (?:here|on|by)|deleted|removed|wrong)/,
      /@[^.a-z]{0,6}(?:unknown|not (?:found|known|valid|listed|recogni[sz]ed|a valid|here)|user unknown|does(?: not|n't) exist|invalid|unrout)/,
      /(?:is |was )?not (?:a |an )?(?:valid|known|existing|recogni[sz]ed|registered|listed|current)[^.]{0,20}(?:user|recipient|mailbox|mail ?box|address|account|employee|person|customer|member)|isn't a valid|not (?:listed|found|present) in[^.]{0,60}(?:directory|domino|address ?book|name|table|list)|(?:couldn't|could not|can't|cannot|unable to|didn't|did not) (?:find|locate|match|look up|recogni[sz]e)[^.]{0,40}(?:recipient|user|mailbox|account|e-?mail address|person|name|match)\b/,
      /has(?: been)? (?:left|quit)(?: the)? (?:company|organi[sz]ation|firm)|no longer (?:with|works? (?:for|at|here)|employed)|(?:e-?mail|address)[^.]{0,30}(?:wrong|mistyped|misspelled|incorrect|typed|no longer valid)|address not found|user unknown|unknown user|recipient (?:unknown|not exist)|account not available|no account|unrout(?:e)?able address|not our customer|user doesn't|name not found|bad destination|mailbox not found|mailbox does not|unknown to (?:me|us|this)/,
      /\b550\b[^a-z]{0,14}(?:host )?(?:requested action not taken: )?(?:mailbox unavailable|user not)(?! or )/,
    ],
  },
  {
    name: 'no such user, in western Europe', cause: 'userUnknown', why: 'the same in German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Finnish',
    says: [
      /(?:empfanger|benutzer|adresse|postfach|mailbox|konto|nutzer|teilnehmer|adressat|anwender|account)\w*[^.]{0,60}(?:unbekannt|nicht gefunden|existiert nicht|existieren nicht|gibt es nicht|nicht (?:bekannt|vorhanden|existent|gultig|eingerichtet|registriert|zugeordnet)|ungultig|nicht mehr (?:gultig|aktiv|vorhanden|verfugbar|erreichbar))|unbekannte[rsn]? (?:empfanger|benutzer|adress|nutzer)|ungultige (?:empfanger|adress)|keine?n? (?:solche\w*|postfach|benutzer|empfanger)/,
      /(?:utilisateur|destinataire|adresse|boite|compte|usager|abonne|correspondant)\w*[^.]{0,60}(?:inconnu|introuvable|n.existe|inexistant|invalide|non valide|pas valide|pas trouve|errone|n.est plus)|(?:utilisateur|destinataire) inconnu|adresse d.au moins un destinataire invalide|adresse .{0,20}invalide/,
      /(?:usuario|destinatario|direccion|buzon|cuenta|casilla|correo)\w*[^.]{0,60}(?:desconocid|no existe|inexistente|invalid[oa]|no (?:se )?(?:ha )?(?:sido )?encontr|no (?:es )?valid|no pertenece|ya no)|no (?:existe|se encontro) (?:el |la |al |ese |este |esa )?(?:usuario|cuenta|buzon|destinatario|direccion)/,
      /(?:usuario|destinatario|endereco|caixa|conta|mailbox)\w*[^.]{0,60}(?:desconhecid|nao existe|inexistente|invalid[oa]|nao (?:foi )?encontrad|nao (?:e )?valid)/,
      /(?:utente|destinatario|indirizzo|casella|account|mailbox)\w*[^.]{0,60}(?:sconosciut|non esiste|inesistente|non valid|non (?:e )?(?:stat[oa] )?trovat|non presente|errat)/,
      /(?:gebruiker|ontvanger|geadresseerde|adres|mailbox|postvak|account)\w*[^.]{0,60}(?:onbekend|bestaat niet|niet gevonden|ongeldig|niet bekend|niet aanwezig)|onbekende (?:gebruiker|ontvanger|geadresseerde)/,
      /(?:anvandare|mottagare|adress|konto|bruger|bruker|modtager|mottaker|adresse)\w*[^.]{0,50}(?:okand|finns inte|hittades inte|ogiltig|ukendt|ukjent|findes ikke|finnes ikke|ikke fundet|ikke funnet|ugyldig|eksisterer ikke)|(?:okand|ukendt|ukjent) (?:anvandare|mottagare|bruger|bruker|modtager|mottaker|adress)|(?:kayttaja|vastaanottaja|osoite|postilaatikko)\w*[^.]{0,50}(?:tuntematon|ei loydy|ei ole olemassa|virheellinen)|tuntematon (?:vastaanottaja|kayttaja)/,
    ],
  },
  {
    name: 'no such user, in eastern Europe', cause: 'userUnknown', why: 'the same in Polish, Czech, Slovak, Hungarian, Romanian, Greek, Turkish, Russian, Ukrainian',
    says: [
      /(?:uzytkownik|odbiorc|adresat|adres|skrzynk|konto)\p{L}*[^.]{0,50}(?:nieznan|nie istniej|nie znaleziono|niepoprawn|nieprawidlow|nie ma)|nie ma takiego|nieznany (?:uzytkownik|odbiorca|adresat)|brak takie/u,
      /(?:uzivatel|prijemce|prijemca|adres|schrank)\p{L}*[^.]{0,50}(?:neexistuj|neznam|nenalezen|neplatn|nenasiel)|neznamy (?:uzivatel|prijemce|adresat)/u,
      /(?:cimzett|felhasznalo|cim|postafiok)\p{L}*[^.]{0,50}(?:ismeretlen|nem letezik|nem talalhato|ervenytelen)|(?:utilizator|destinatar|adresa|casuta)\p{L}*[^.]{0,50}(?:necunoscut|nu exista|invalid|inexistent)|(?:χρηστης|παραληπτης|διευθυνση)[^.]{0,50}(?:αγνωστ|δεν υπαρχει|δεν βρεθηκε)/u,
      /(?:kullanici|alici|adres|hesap)\p{L}*[^.]{0,50}(?:bulunamad|bilinmiyor|bilinmeyen|mevcut degil|gecersiz|\byok)|(?:gecersiz|bilinmeyen) (?:alici|kullanici|adres)|boyle bir (?:kullanici|alici)/u,
      /(?:пользовател|получател|адрес|ящик|абонент|аккаунт|юзер|учетн|почт)\p{L}*[^.]{0,60}(?:не существ|не наиден|не обнаруж|неизвест|отсутств|недеиств|неверн|не зарегистр|удален|нет такого)|нет такого|неизвестныи (?:пользовател|получател|адрес)|несуществующ/u,
      /(?:користувач|одержувач|отримувач|адрес|скриньк|абонент)\p{L}*[^.]{0,60}(?:не існу|не знаиден|невідом|відсутн|недіисн|не іс)|немає такого|невідомии (?:користувач|одержувач|отримувач)/u,
    ],
  },
  {
    name: 'no such user, in eastern Asia', cause: 'userUnknown', why: 'the same in Japanese, Chinese, Korean',
    says: [
      /(?:宛先|宛て先|あて先|ユーザー?|アドレス|受信者|送信先|メールボックス|アカウント|名前)[^。]{0,40}(?:見つかりません|みつかりません|存在しません|存在しない|不明|ありません|間違|無効|見つからない|誤り|正しくありません)|ディレクトリのリストにありません/,
      /(?:用户|用戶|收件人|收信人|收信者|地址|邮箱|郵箱|信箱|帐号|账号|帳號|账户|使用者|位址|收件者)[^。]{0,20}(?:不存在|未知|无效|無效|找不到|没有找到|沒有找到|錯誤|错误|有误|有誤|没有此)|(?:没有|沒有|无|無|查无|查無)(?:该|此|這個|这个|這位)?(?:用户|用戶|收件人|收件者|邮箱|郵箱|使用者|帐号|人)/,
      /(?:사용자|수신자|수신인|받는 ?사람|받는 ?이|주소|계정|메일함|아이디|id)[^.]{0,25}(?:없습니다|존재하지 않|찾을 수 없|알 수 없|없는|잘못|유효하지)/,
    ],
  },
]
