/** "The mailbox is full" in the languages servers write. It goes first: whose mailbox is full exists (RFC 3463 X.2.2). */
import type { TextRule } from './text-rules.ts'

const why = 'whose mailbox is full exists (RFC 3463 X.2.2)'

export const fullRules: TextRule[] = [
  {
    name: 'quota', cause: 'mailboxFull', why,
    says: [
      /over ?quota|quota[- ]?(?:exceed|full|violat|reached|is full|limit|error)|exceed\w*[^.]{0,40}quota|quota[^.]{0,30}(?:exceed|full|reach|over|used)|(?:disk|storage|mail|user|message|his|her|their|box|folder|size) quota|out of quota|quota\b[^.]{0,20}\bfull/,
      /(?:over|exceed\w*|reached|beyond|surpass\w*)[^.]{0,40}(?:storage|mailbox|maildir|disk|inbox|account|allotted|allocated|space)[^.]{0,20}(?:limit|space|allocation|capacity|size|allowance)?|(?:mailbox|storage|inbox|account|maildir|disk|user)[^.]{0,30}(?:over (?:its|the|his|their|size|limit)|exceed|limit (?:reached|exceed)|out of (?:space|storage))/,
    ],
  },
  {
    name: 'full, in English', cause: 'mailboxFull', why,
    says: [
      /(?:mail ?box|mail ?folder|inbox|maildir|mail ?drop|account|mail store|user|recipient|disk|folder|box|e-?mail)\b[^.]{0,40}\b(?:is |was |are |appears to be |currently |too )?(?:too )?full\b|\bfull (?:mail ?box|inbox|mail ?folder)|(?:mailbox|mail box|inbox)[- _]?full/,
      /(?:not enough|insufficient|no more|no|low|lack of|out of|inadequate|without) (?:\w+ ){0,2}(?:space|storage|room)(?! left on device)(?! for the system)[^.]{0,40}(?:mailbox|user|account|recipient|inbox|on disk|left in)|(?:mailbox|user|account|recipient|inbox)[^.]{0,40}(?:not enough|insufficient|no|out of|not have enough|lacks) (?:\w+ ){0,2}(?:space|storage|room)|too many messages (?:in|on|stored)|no storage space|not enough (?:storage|disk|free)? ?space|insufficient disk space|delivery would exceed|mailbox (?:size|limit)|clean (?:up|out) (?:his|her|the|their) mail/,
    ],
  },
  {
    name: 'full, in other Latin scripts', cause: 'mailboxFull', why,
    says: [
      /(?:postfach|mailbox|briefkasten|konto|speicher)\w*[^.]{0,40}(?:\bvoll\b|uberfullt|uberschritten|erschopft|ausgelastet)|kontingent[^.]{0,30}(?:uberschritten|erschopft)|speicherplatz/,
      /(?:boite|bal|messagerie|compte)[^.]{0,50}(?:pleine?|saturee?|remplie)|quota[^.]{0,20}(?:depasse|atteint)|espace (?:disque|de stockage)/,
      /(?:buzon|casilla|cuenta|mailbox|bandeja|correo)[^.]{0,50}(?:llen[oa]|excedi|superad|sin espacio)|(?:cuota|espacio|limite)[^.]{0,30}(?:exced|super|agotad|insuficiente)|sin espacio/,
      /(?:caixa|conta|mailbox|cota|quota|espaco)[^.]{0,50}(?:cheia|lotada|excedid|excedeu|esgotad|insuficiente)/,
      /(?:casella|mailbox|posta|spazio|quota)[^.]{0,50}(?:pien[ao]|esaurit|superat|insufficiente)/,
      /(?:mailbox|postvak|brievenbus|postbus)[^.]{0,30}\bvol\b/,
      /(?:skrzynk|konto|limit|pojemno)\p{L}*[^.]{0,40}(?:peln|przepeln|przekroczon)/u,
      /(?:schrank|schranka|kvota)[^.]{0,30}(?:pln|preplnen|prekrocen)|(?:posta kutusu|kota|kutusu)[^.]{0,30}(?:dolu|dolmus|as)|(?:postlada|brevlada|inkorg|postkasse|postboks|innboks|indbakke)[^.]{0,30}(?:full|fuld)|postilaatikko[^.]{0,30}taynna|postafiok[^.]{0,30}megtelt|casuta[^.]{0,30}plina/,
    ],
  },
  {
    name: 'full, in other scripts', cause: 'mailboxFull', why,
    says: [
      /(?:ящик|почт|скриньк|папк)\p{L}*[^.]{0,40}(?:перепол|заполн|переповн)|(?:превыш|перевищ)\p{L}*[^.]{0,30}(?:квот|лимит|объ|обсяг)|квот\p{L}*[^.]{0,20}(?:превыш|исчерп)/u,
      /(?:メール ?ボックス|受信箱|受信トレイ|容量|保存領域)[^。]{0,25}(?:一杯|いっぱい|満杯|超え|超過|オーバー|不足)|容量(?:制限)?を?超/,
      /(?:邮箱|信箱|郵箱|收件箱|邮件|空间|空間|容量|磁盘)[^。]{0,15}(?:已满|已滿|满了|爆满|不足|超出|超过|已超)|配额|配額|邮箱满/,
      /(?:메일함|사서함|편지함|용량|보관함)[^.]{0,20}(?:가득|초과|부족|꽉)/,
    ],
  },
]
