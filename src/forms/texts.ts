/** What subscription pages and the confirmation mail say, in the languages of the public pages. Only words; no markup. */
import type { Language } from '../response/texts.ts'

/** Functions take what stands inside the sentence. */
export type FormTexts = {
  subscribe: string
  emailAddress: string
  optional: string
  topics: string
  leaveEmpty: string
  check: string
  missing: string
  notAnAddress: string
  wrong: string
  chooseTopic: string
  consentMissing: string
  lookTitle: string
  look: (address: string) => string
  doneTitle: string
  done: (address: string) => string
  confirmTitle: string
  confirmQuestion: (address: string) => string
  confirm: string
  notYou: string
  expiredTitle: string
  expired: string
  toForm: string
  goneTitle: string
  gone: string
  closedTitle: string
  closed: string
  tooOftenTitle: string
  tooOften: string
  mailSubject: (company: string) => string
  mailIntro: (company: string) => string
  mailLast: (hours: number) => string
  yes: string
}

const en: FormTexts = {
  subscribe: 'Subscribe',
  emailAddress: 'Email address',
  optional: 'optional',
  topics: 'What would you like to get?',
  leaveEmpty: 'Leave this empty',
  check: 'Please look at what is marked below.',
  missing: 'Please fill this in.',
  notAnAddress: 'This is not an email address. It looks like anna@example.com.',
  wrong: 'This cannot be right. Please check it.',
  chooseTopic: 'Please choose at least one.',
  consentMissing: 'Please agree, else we may not write to you.',
  lookTitle: 'Please look into your mailbox',
  look: (address) => `We are sending a mail to ${address}. Only when you press the link in it are you subscribed. If it does not arrive, please look among spam.`,
  doneTitle: 'You are subscribed',
  done: (address) => `Done. From now on ${address} gets our mail.`,
  confirmTitle: 'Please confirm',
  confirmQuestion: (address) => `Shall ${address} get our mail?`,
  confirm: 'Yes, subscribe me',
  notYou: 'If you did not ask for it, close this page: then nothing happens.',
  expiredTitle: 'This link is too old',
  expired: 'It was not confirmed in time, so nobody was subscribed. You can simply subscribe again.',
  toForm: 'Subscribe again',
  goneTitle: 'This form is gone',
  gone: 'One can no longer subscribe here.',
  closedTitle: 'Closed at the moment',
  closed: 'One cannot subscribe here at the moment. Please try again later.',
  tooOftenTitle: 'Too often',
  tooOften: 'This form was sent too often from your network. Please try again in an hour.',
  mailSubject: (company) => (company ? `Please confirm: mail from ${company}` : 'Please confirm your subscription'),
  mailIntro: (company) => `Somebody, hopefully you, has asked that ${company || 'we'} write to this address. Please confirm it with this link:`,
  mailLast: (hours) => `The link works for ${hours} hours. If you did not ask for it, do nothing: then you get no more mail.`,
  yes: 'Yes',
}

const de: FormTexts = {
  subscribe: 'Anmelden',
  emailAddress: 'E-Mail-Adresse',
  optional: 'freiwillig',
  topics: 'Was möchten Sie bekommen?',
  leaveEmpty: 'Bitte leer lassen',
  check: 'Bitte sehen Sie nach, was unten markiert ist.',
  missing: 'Bitte ausfüllen.',
  notAnAddress: 'Das ist keine E-Mail-Adresse. Sie sieht aus wie anna@example.com.',
  wrong: 'Das kann nicht stimmen. Bitte prüfen.',
  chooseTopic: 'Bitte wählen Sie mindestens eines.',
  consentMissing: 'Bitte stimmen Sie zu, sonst dürfen wir Ihnen nicht schreiben.',
  lookTitle: 'Bitte sehen Sie in Ihr Postfach',
  look: (address) => `Wir schicken eine E-Mail an ${address}. Erst wenn Sie den Link darin öffnen und bestätigen, sind Sie angemeldet. Kommt nichts an, sehen Sie bitte auch im Spam-Ordner nach.`,
  doneTitle: 'Sie sind angemeldet',
  done: (address) => `Erledigt. Ab jetzt bekommt ${address} unsere E-Mails.`,
  confirmTitle: 'Bitte bestätigen',
  confirmQuestion: (address) => `Soll ${address} unsere E-Mails bekommen?`,
  confirm: 'Ja, anmelden',
  notYou: 'Wenn Sie das nicht wollten, schließen Sie diese Seite: Dann geschieht nichts.',
  expiredTitle: 'Dieser Link ist zu alt',
  expired: 'Er wurde nicht rechtzeitig bestätigt, daher wurde niemand angemeldet. Sie können sich einfach noch einmal anmelden.',
  toForm: 'Noch einmal anmelden',
  goneTitle: 'Dieses Formular gibt es nicht mehr',
  gone: 'Hier kann man sich nicht mehr anmelden.',
  closedTitle: 'Zurzeit geschlossen',
  closed: 'Hier kann man sich zurzeit nicht anmelden. Bitte versuchen Sie es später noch einmal.',
  tooOftenTitle: 'Zu oft',
  tooOften: 'Dieses Formular wurde aus Ihrem Netz zu oft abgeschickt. Bitte versuchen Sie es in einer Stunde noch einmal.',
  mailSubject: (company) => (company ? `Bitte bestätigen: E-Mails von ${company}` : 'Bitte bestätigen Sie Ihre Anmeldung'),
  mailIntro: (company) => `Jemand, hoffentlich Sie, hat darum gebeten, dass ${company ? `${company} an diese Adresse schreibt` : 'wir an diese Adresse schreiben'}. Bitte bestätigen Sie das mit diesem Link:`,
  mailLast: (hours) => `Der Link gilt ${hours} Stunden. Wenn Sie das nicht wollten, tun Sie nichts: Dann bekommen Sie keine weiteren E-Mails.`,
  yes: 'Ja',
}

const fr: FormTexts = {
  subscribe: 'S’abonner',
  emailAddress: 'Adresse e-mail',
  optional: 'facultatif',
  topics: 'Que souhaitez-vous recevoir ?',
  leaveEmpty: 'Laissez ce champ vide',
  check: 'Veuillez vérifier ce qui est signalé ci-dessous.',
  missing: 'Veuillez remplir ce champ.',
  notAnAddress: 'Ce n’est pas une adresse e-mail. Exemple : anna@example.com.',
  wrong: 'Cette valeur semble incorrecte. Veuillez la vérifier.',
  chooseTopic: 'Veuillez choisir au moins un thème.',
  consentMissing: 'Veuillez donner votre accord, sans lui nous ne pouvons pas vous écrire.',
  lookTitle: 'Veuillez consulter votre messagerie',
  look: (address) => `Nous envoyons un e-mail à ${address}. Vous ne serez abonné qu’après avoir confirmé par le lien qu’il contient. S’il n’arrive pas, regardez aussi dans les indésirables.`,
  doneTitle: 'Vous êtes abonné',
  done: (address) => `C’est fait. Désormais ${address} reçoit nos e-mails.`,
  confirmTitle: 'Veuillez confirmer',
  confirmQuestion: (address) => `Faut-il envoyer nos e-mails à ${address} ?`,
  confirm: 'Oui, je m’abonne',
  notYou: 'Si vous n’avez rien demandé, fermez cette page : il ne se passera rien.',
  expiredTitle: 'Ce lien est trop ancien',
  expired: 'Il n’a pas été confirmé à temps, personne n’a donc été abonné. Vous pouvez simplement vous abonner de nouveau.',
  toForm: 'S’abonner de nouveau',
  goneTitle: 'Ce formulaire n’existe plus',
  gone: 'On ne peut plus s’abonner ici.',
  closedTitle: 'Fermé pour le moment',
  closed: 'On ne peut pas s’abonner ici pour le moment. Veuillez réessayer plus tard.',
  tooOftenTitle: 'Trop souvent',
  tooOften: 'Ce formulaire a été envoyé trop souvent depuis votre réseau. Veuillez réessayer dans une heure.',
  mailSubject: (company) => (company ? `Veuillez confirmer : e-mails de ${company}` : 'Veuillez confirmer votre abonnement'),
  mailIntro: (company) => `Quelqu’un, vous sans doute, a demandé ${company ? `à ${company} d’écrire` : 'que nous écrivions'} à cette adresse. Veuillez le confirmer par ce lien :`,
  mailLast: (hours) => `Le lien est valable ${hours} heures. Si vous n’avez rien demandé, ne faites rien : vous ne recevrez plus rien.`,
  yes: 'Oui',
}

const es: FormTexts = {
  subscribe: 'Suscribirse',
  emailAddress: 'Correo electrónico',
  optional: 'opcional',
  topics: '¿Qué quiere recibir?',
  leaveEmpty: 'Deje esto vacío',
  check: 'Revise lo que está señalado abajo.',
  missing: 'Rellene este campo.',
  notAnAddress: 'Esto no es una dirección de correo. Ejemplo: anna@example.com.',
  wrong: 'Este valor no parece correcto. Revíselo.',
  chooseTopic: 'Elija al menos un tema.',
  consentMissing: 'Dé su consentimiento; sin él no podemos escribirle.',
  lookTitle: 'Mire en su correo',
  look: (address) => `Enviamos un correo a ${address}. Solo quedará suscrito cuando confirme con el enlace que contiene. Si no llega, mire también en el correo no deseado.`,
  doneTitle: 'Está suscrito',
  done: (address) => `Hecho. A partir de ahora ${address} recibe nuestros correos.`,
  confirmTitle: 'Confirme, por favor',
  confirmQuestion: (address) => `¿Quiere que ${address} reciba nuestros correos?`,
  confirm: 'Sí, suscribirme',
  notYou: 'Si no lo ha pedido, cierre esta página: no pasará nada.',
  expiredTitle: 'Este enlace es demasiado antiguo',
  expired: 'No se confirmó a tiempo, así que no se suscribió a nadie. Puede suscribirse de nuevo.',
  toForm: 'Suscribirse de nuevo',
  goneTitle: 'Este formulario ya no existe',
  gone: 'Aquí ya no es posible suscribirse.',
  closedTitle: 'Cerrado por el momento',
  closed: 'Por el momento no es posible suscribirse aquí. Inténtelo más tarde.',
  tooOftenTitle: 'Demasiadas veces',
  tooOften: 'Este formulario se ha enviado demasiadas veces desde su red. Inténtelo de nuevo dentro de una hora.',
  mailSubject: (company) => (company ? `Confirme, por favor: correos de ${company}` : 'Confirme su suscripción'),
  mailIntro: (company) => `Alguien, esperamos que usted, ha pedido que ${company ? `${company} escriba` : 'escribamos'} a esta dirección. Confírmelo con este enlace:`,
  mailLast: (hours) => `El enlace vale ${hours} horas. Si no lo ha pedido, no haga nada: no recibirá más correos.`,
  yes: 'Sí',
}

const uk: FormTexts = {
  subscribe: 'Підписатися',
  emailAddress: 'Електронна адреса',
  optional: 'необов’язково',
  topics: 'Що ви хочете отримувати?',
  leaveEmpty: 'Залиште це порожнім',
  check: 'Перевірте, будь ласка, позначене нижче.',
  missing: 'Заповніть, будь ласка.',
  notAnAddress: 'Це не електронна адреса. Вона виглядає як anna@example.com.',
  wrong: 'Тут щось не так. Перевірте, будь ласка.',
  chooseTopic: 'Виберіть принаймні одну тему.',
  consentMissing: 'Дайте, будь ласка, згоду: без неї ми не можемо вам писати.',
  lookTitle: 'Перегляньте свою пошту',
  look: (address) => `Ми надсилаємо листа на ${address}. Вас буде підписано лише тоді, коли ви підтвердите це за посиланням у ньому. Якщо лист не надійде, перегляньте також спам.`,
  doneTitle: 'Вас підписано',
  done: (address) => `Готово. Відтепер ${address} отримує наші листи.`,
  confirmTitle: 'Підтвердьте, будь ласка',
  confirmQuestion: (address) => `Надсилати наші листи на ${address}?`,
  confirm: 'Так, підписатися',
  notYou: 'Якщо ви цього не просили, закрийте цю сторінку: нічого не станеться.',
  expiredTitle: 'Це посилання застаріло',
  expired: 'Його не підтвердили вчасно, тому нікого не підписано. Ви можете просто підписатися ще раз.',
  toForm: 'Підписатися ще раз',
  goneTitle: 'Цієї форми вже немає',
  gone: 'Тут більше не можна підписатися.',
  closedTitle: 'Наразі закрито',
  closed: 'Наразі тут не можна підписатися. Спробуйте пізніше.',
  tooOftenTitle: 'Надто часто',
  tooOften: 'З вашої мережі цю форму надсилали надто часто. Спробуйте ще раз за годину.',
  mailSubject: (company) => (company ? `Підтвердьте, будь ласка: листи від ${company}` : 'Підтвердьте свою підписку'),
  mailIntro: (company) => `Хтось, сподіваємося, ви, попросив, щоб ${company ? `${company} писала` : 'ми писали'} на цю адресу. Підтвердьте це, будь ласка, за цим посиланням:`,
  mailLast: (hours) => `Посилання діє ${hours} год. Якщо ви цього не просили, нічого не робіть: листів більше не буде.`,
  yes: 'Так',
}

export const formTextsOf: Record<Language, FormTexts> = { en, de, fr, es, uk }
