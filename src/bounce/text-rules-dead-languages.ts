/** "No such user" and "no such domain" in other languages than English, as plain words: `й` is `и`, `ä` is `a` (plain-words.ts). */
import { phrases } from './phrases.ts'
import type { TextRule } from './text-rules.ts'

const german = 'empfanger|benutzer|adresse|postfach|mailbox|konto|nutzer|teilnehmer|adressat|anwender|account'
const scandinavian = 'anvandare|mottagare|adress|konto|bruger|bruker|modtager|mottaker|adresse'
const russian = 'пользовател|получател|адрес|ящик|абонент|аккаунт|юзер|учетн|почт'
const japanese = '宛先|宛て先|あて先|ユーザー?|アドレス|受信者|送信先|メールボックス|アカウント|名前'
const chinese = '用户|用戶|收件人|收信人|收信者|地址|邮箱|郵箱|信箱|帐号|账号|帳號|账户|使用者|位址|收件者'
const korean = '사용자|수신자|수신인|받는 ?사람|받는 ?이|주소|계정|메일함|아이디|id'

export const foreignDeadRules: readonly TextRule[] = [
  {
    name: 'no such user, in western Europe', cause: 'userUnknown',
    why: 'RFC 3463 X.1.1 in German, French, Spanish, Portuguese, Italian, Dutch, Scandinavian languages and Finnish',
    says: phrases`
      (${german})\w* ... (unbekannt|nicht gefunden|existier(t|en) nicht|gibt es nicht|ungultig|nicht mehr (gultig|aktiv|vorhanden|verfugbar|erreichbar))
      (${german})\w* ... nicht (bekannt|vorhanden|existent|gultig|eingerichtet|registriert|zugeordnet)
      unbekannte[rsn]? (empfanger|benutzer|adress|nutzer) | ungultige (empfanger|adress) | keine?n? (solche\w*|postfach|benutzer|empfanger)
      (utilisateur|destinataire|adresse|boite|compte|usager|abonne|correspondant)\w* ... (inconnu|introuvable|n.existe|inexistant|n.est plus)
      (utilisateur|destinataire|adresse|boite|compte|usager|abonne|correspondant)\w* ... (invalide|(non|pas) valide|pas trouve|errone)
      (usuario|destinatario|direccion|buzon|cuenta|casilla|correo)\w* ... (desconocid|no existe|inexistente|invalid[oa]|no pertenece|ya no)
      (usuario|destinatario|direccion|buzon|cuenta|casilla|correo)\w* ... no ((se )?(ha )?(sido )?encontr|(es )?valid)
      no (existe|se encontro) (el |la |al |ese |este |esa |dicha )?(persona|usuario|cuenta|buzon|destinatario|direccion)
      (usuario|destinatario|endereco|caixa|conta|mailbox)\w* ... (desconhecid|nao existe|inexistente|invalid[oa]|nao (foi )?encontrad|nao (e )?valid)
      (utente|destinatario|indirizzo|casella|account)\w* ... (sconosciut|non esiste|inesistente|non valid|non (e )?(stat[oa] )?trovat|non presente|errat)
      (gebruiker|ontvanger|geadresseerde|adres|mailbox|postvak|account)\w* ... (onbekend|bestaat niet|ongeldig|niet (gevonden|bekend|aanwezig))
      nessun utente | onbekende (gebruiker|ontvanger|geadresseerde) | tuntematon (vastaanottaja|kayttaja)
      (${scandinavian})\w* ... (okand|finns inte|hittades inte|ogiltig|ukendt|ukjent|fin[dn]es ikke|ikke fun(det|net)|ugyldig|eksisterer ikke)
      (okand|ukendt|ukjent) (${scandinavian}) | (kayttaja|vastaanottaja|osoite|postilaatikko)\w* ... (tuntematon|ei loydy|ei ole olemassa|virheellinen)
    `,
  },
  {
    name: 'no such user, in eastern Europe', cause: 'userUnknown', why: 'the same in Polish, Czech, Slovak, Hungarian, Romanian, Greek, Turkish, Russian, Ukrainian',
    says: phrases`
      (uzytkownik|odbiorc|adresat|adres|skrzynk|konto)\p{L}* ... (nieznan|nie istniej|nie znaleziono|niepoprawn|nieprawidlow|nie ma)
      nie ma takiego | nieznany (uzytkownik|odbiorca|adresat) | brak takie | neznamy (uzivatel|prijemce|adresat)
      (uzivatel|prijemce|prijemca|adres|schrank)\p{L}* ... (neexistuj|neznam|nenalezen|neplatn|nenasiel)
      (cimzett|felhasznalo|cim|postafiok)\p{L}* ... (ismeretlen|nem letezik|nem talalhato|ervenytelen)
      (utilizator|destinatar|adresa|casuta)\p{L}* ... (necunoscut|nu exista|invalid|inexistent)
      (χρηστης|παραληπτης|διευθυνση) ... (αγνωστ|δεν υπαρχει|δεν βρεθηκε)
      (kullanici|alici|adres|hesap)\p{L}* ... (bulunamad|bilinmiyor|bilinmeyen|mevcut degil|gecersiz|\byok)
      (gecersiz|bilinmeyen) (alici|kullanici|adres) | boyle bir (kullanici|alici)
      (${russian})\p{L}* ... (не существ|не наиден|не обнаруж|неизвест|отсутств|недеиств|неверн|не зарегистр|удален|нет такого)
      нет такого | неизвестныи (пользовател|получател|адрес) | несуществующ
      (користувач|одержувач|отримувач|адрес|скриньк|абонент)\p{L}* ... (не існу|не знаиден|невідом|відсутн|недіисн)
      немає такого | невідомии (користувач|одержувач|отримувач)
    `,
  },
  {
    name: 'no such user, in eastern Asia', cause: 'userUnknown', why: 'the same in Japanese, Chinese, Korean',
    says: phrases`
      (${japanese}) ... (見つかりません|みつかりません|見つからない|存在しま?せん|存在しない|不明|ありません|間違|無効|誤り|正しくありません)
      ディレクトリのリストにありません
      (${chinese}) ... (不存在|未知|无效|無效|找不到|没有找到|沒有找到|錯誤|错误|有误|有誤|没有此)
      (没有|沒有|无|無|查无|查無)(该|此|这个|這個|这位|這位)?(${chinese}|人)
      (${korean}) ... (없습니다|존재하지 않|찾을 수 없|알 수 없|없는|잘못|유효하지)
    `,
  },
  {
    name: 'unknown host, in other languages', cause: 'hostUnknown', why: 'the domain does not exist (RFC 3463 X.1.2)',
    says: phrases`
      (domane?|domein)\p{L}* ... (unbekannt|existiert nicht|nicht gefunden|onbekend|bestaat niet)
      (domaine|dominio)\p{L}* ... (inconnu|introuvable|n.?existe pas|desconocid|no existe|inexistente|desconhecid|nao existe|sconosciut|non esiste)
      (domena|domenu|домен|alan adi)\p{L}* ... (nie istnieje|nieznan|neexistuje|не существ|не наиден|неизвест|не знаиден|не існує|bulunamad)
      (域名|ドメイン|도메인|网域|網域) ... (不存在|存在しません|見つかりません|无效|錯誤|错误|없습니다|존재하지)
    `,
  },
]
