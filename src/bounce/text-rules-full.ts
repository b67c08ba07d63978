/** "The mailbox is full" in the languages servers write. These rows go first: whose mailbox is full exists. */
import { phrases } from './phrases.ts'
import type { TextRule } from './text-rules.ts'

const why = 'whose mailbox is full exists (RFC 3463 X.2.2)'
const mailbox = 'mail ?box|mail ?folder|inbox|maildir|mail ?drop|account|mail store|user|recipient|disk|folder|box|e-?mail'
const space = '(\\w+ ){0,2}(space|storage|room)(?! left on device)'
const none = 'not enough|insufficient|no more|no|low|lack of|out of|inadequate|without|lacks'

export const fullRules: readonly TextRule[] = [
  {
    name: 'quota', cause: 'mailboxFull', why,
    says: phrases`
      over ?quota | quota[- ]?(exceed|full|violat|reached|is full|limit|error) | exceed\w* ... quota | out of quota | quota\b ... \bfull
      quota ... (exceed|full|reach|over|used) | (disk|storage|mail|user|message|his|her|their|box|folder|size) quota
      (over|exceed\w*|reached|beyond|surpass\w*) ... (storage|mailbox|maildir|disk|inbox|account|allotted|allocated|space)
      (mailbox|storage|inbox|account|maildir|disk|user) ... (over (its|the|his|their|size|limit)|exceed|limit (reached|exceed))
    `,
  },
  {
    name: 'full, in English', cause: 'mailboxFull', why,
    says: phrases`
      (${mailbox})\b ... \bfull\b | \bfull (${mailbox}) | mailbox (size|limit) | too many messages (in|on|stored) | delivery would exceed
      (${none}) ${space} ... (mailbox|user|account|recipient|inbox|on disk|left in) | (mailbox|user|account|recipient|inbox) ... (${none}) ${space}
      no storage space | not enough (storage|disk|free)? ?space | insufficient disk space | clean (up|out) (his|her|the|their) mail
    `,
  },
  {
    name: 'full, in other Latin scripts', cause: 'mailboxFull', why,
    says: phrases`
      (postfach|mailbox|briefkasten|konto|speicher)\w* ... (\bvoll\b|uberfullt|uberschritten|erschopft|ausgelastet)
      kontingent ... (uberschritten|erschopft) | speicherplatz | zu ?viele mails
      (boite|bal|messagerie|compte) ... (pleine?|saturee?|remplie) | quota ... (depasse|atteint) | espace (disque|de stockage)
      (buzon|casilla|cuenta|mailbox|bandeja|correo) ... (llen[oa]|excedi|superad|sin espacio)
      (cuota|espacio|limite) ... (exced|super|agotad|insuficiente) | sin espacio
      (caixa|conta|mailbox|cota|quota|espaco) ... (cheia|lotada|excedid|excedeu|esgotad|insuficiente)
      (casella|mailbox|posta|spazio|quota) ... (pien[ao]|esaurit|superat|insufficiente) | (mailbox|postvak|brievenbus|postbus) ... \bvol\b
      (skrzynk|konto|limit|pojemno)\p{L}* ... (peln|przepeln|przekroczon) | (schrank|schranka|kvota) ... (pln|preplnen|prekrocen)
      (posta kutusu|kota|kutusu) ... (dolu|dolmus|as) | postilaatikko ... taynna | postafiok ... megtelt | casuta ... plina
      (postlada|brevlada|inkorg|postkasse|postboks|innboks|indbakke) ... (full|fuld)
    `,
  },
  {
    name: 'full, in other scripts', cause: 'mailboxFull', why,
    says: phrases`
      (ящик|почт|скриньк|папк)\p{L}* ... (перепол|заполн|переповн) | квот\p{L}* ... (превыш|исчерп)
      (превыш|перевищ)\p{L}* ... (квот|лимит|объ|обсяг)
      (メール ?ボックス|受信箱|受信トレイ|容量|保存領域) ... (一杯|いっぱい|満杯|超え|超過|オーバー|不足) | 容量(制限)?を?超
      (邮箱|信箱|郵箱|收件箱|邮件|空间|空間|容量|磁盘) ... (已满|已滿|满了|爆满|不足|超出|超过|已超) | 配额 | 配額 | 邮箱满
      (메일함|사서함|편지함|용량|보관함) ... (가득|초과|부족|꽉)
    `,
  },
]
