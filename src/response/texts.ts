/** What the public pages say, in the languages of the product. Only words; no markup. */

export const languages = ['en', 'de', 'fr', 'es', 'uk'] as const
export type Language = (typeof languages)[number]

/** Functions take what stands inside the sentence. */
export type Texts = {
  unsubscribe: string
  optOutQuestion: (address: string) => string
  unsubscribeEverything: string
  reason: string
  optedOut: (address: string) => string
  optedOutEntirely: (address: string) => string
  subscribeAgain: string
  subscribed: (address: string) => string
  setElsewhere: string
  preferences: string
  topicsOf: (address: string) => string
  noTopics: string
  entirelyOut: string
  save: string
  saved: string
  brokenLink: string
  brokenLinkHelp: string
  testMail: string
  testLink: string
  testChange: string
  notForPeople: string
  later: string
}

const en: Texts = {
  unsubscribe: 'Unsubscribe',
  optOutQuestion: (address) => `Do you want to stop getting this mail at ${address}?`,
  unsubscribeEverything: 'Unsubscribe from everything',
  reason: 'Why? (optional)',
  optedOut: (address) => `Done. ${address} is unsubscribed from this mail.`,
  optedOutEntirely: (address) => `Done. ${address} will get no more mail from us.`,
  subscribeAgain: 'Subscribe again',
  subscribed: (address) => `Done. ${address} is subscribed again.`,
  setElsewhere: 'This was set in another way, so it cannot be undone here. Please write to us if you want our mail again.',
  preferences: 'Choose what you get',
  topicsOf: (address) => `Topics for ${address}`,
  noTopics: 'There are no topics to choose from at the moment.',
  entirelyOut: 'You are unsubscribed from everything. Topics take effect when you subscribe again.',
  save: 'Save',
  saved: 'Saved.',
  brokenLink: 'This link does not work',
  brokenLinkHelp: 'It may be incomplete. Please copy the whole link from the mail.',
  testMail: 'This is a test mail',
  testLink: 'In a real mail this link leads here:',
  testChange: 'Nothing was changed: the links of a test mail only show what they would do.',
  notForPeople: 'This link is not meant to be followed by people.',
  later: 'Please try again in a moment.',
}

const de: Texts = {
  unsubscribe: 'Abmelden',
  optOutQuestion: (address) => `Möchten Sie diese E-Mails an ${address} nicht mehr bekommen?`,
  unsubscribeEverything: 'Von allem abmelden',
  reason: 'Warum? (freiwillig)',
  optedOut: (address) => `Erledigt. ${address} ist von diesen E-Mails abgemeldet.`,
  optedOutEntirely: (address) => `Erledigt. ${address} bekommt keine E-Mails mehr von uns.`,
  subscribeAgain: 'Wieder anmelden',
  subscribed: (address) => `Erledigt. ${address} ist wieder angemeldet.`,
  setElsewhere: 'Das wurde auf anderem Weg eingestellt und lässt sich hier nicht zurücknehmen. Bitte schreiben Sie uns, wenn Sie unsere E-Mails wieder möchten.',
  preferences: 'Wählen Sie, was Sie bekommen',
  topicsOf: (address) => `Themen für ${address}`,
  noTopics: 'Zurzeit gibt es keine Themen zur Auswahl.',
  entirelyOut: 'Sie sind von allem abgemeldet. Themen gelten, sobald Sie sich wieder anmelden.',
  save: 'Speichern',
  saved: 'Gespeichert.',
  brokenLink: 'Dieser Link funktioniert nicht',
  brokenLinkHelp: 'Vielleicht ist er unvollständig. Bitte kopieren Sie den ganzen Link aus der E-Mail.',
  testMail: 'Dies ist eine Test-E-Mail',
  testLink: 'In einer echten E-Mail führt dieser Link hierhin:',
  testChange: 'Es wurde nichts geändert: Links einer Test-E-Mail zeigen nur, was sie tun würden.',
  notForPeople: 'Dieser Link ist nicht für Menschen gedacht.',
  later: 'Bitte versuchen Sie es gleich noch einmal.',
}

const fr: Texts = {
  unsubscribe: 'Se désabonner',
  optOutQuestion: (address) => `Souhaitez-vous ne plus recevoir ces e-mails à l’adresse ${address} ?`,
  unsubscribeEverything: 'Se désabonner de tout',
  reason: 'Pourquoi ? (facultatif)',
  optedOut: (address) => `C’est fait. ${address} est désabonnée de ces e-mails.`,
  optedOutEntirely: (address) => `C’est fait. ${address} ne recevra plus aucun e-mail de notre part.`,
  subscribeAgain: 'Se réabonner',
  subscribed: (address) => `C’est fait. ${address} est de nouveau abonnée.`,
  setElsewhere: 'Cela a été défini autrement et ne peut pas être annulé ici. Écrivez-nous si vous souhaitez de nouveau recevoir nos e-mails.',
  preferences: 'Choisissez ce que vous recevez',
  topicsOf: (address) => `Thèmes pour ${address}`,
  noTopics: 'Il n’y a pas de thème à choisir pour le moment.',
  entirelyOut: 'Vous êtes désabonné de tout. Les thèmes prendront effet quand vous vous réabonnerez.',
  save: 'Enregistrer',
  saved: 'Enregistré.',
  brokenLink: 'Ce lien ne fonctionne pas',
  brokenLinkHelp: 'Il est peut-être incomplet. Veuillez copier le lien entier depuis l’e-mail.',
  testMail: 'Ceci est un e-mail de test',
  testLink: 'Dans un véritable e-mail, ce lien mène ici :',
  testChange: 'Rien n’a été modifié : les liens d’un e-mail de test montrent seulement ce qu’ils feraient.',
  notForPeople: 'Ce lien n’est pas destiné à être suivi par des personnes.',
  later: 'Veuillez réessayer dans un instant.',
}

const es: Texts = {
  unsubscribe: 'Darse de baja',
  optOutQuestion: (address) => `¿Quiere dejar de recibir estos correos en ${address}?`,
  unsubscribeEverything: 'Darse de baja de todo',
  reason: '¿Por qué? (opcional)',
  optedOut: (address) => `Hecho. ${address} ya no recibirá estos correos.`,
  optedOutEntirely: (address) => `Hecho. ${address} no recibirá más correos nuestros.`,
  subscribeAgain: 'Suscribirse de nuevo',
  subscribed: (address) => `Hecho. ${address} está suscrita de nuevo.`,
  setElsewhere: 'Esto se configuró de otra manera y no se puede deshacer aquí. Escríbanos si quiere volver a recibir nuestros correos.',
  preferences: 'Elija lo que recibe',
  topicsOf: (address) => `Temas para ${address}`,
  noTopics: 'Por el momento no hay temas para elegir.',
  entirelyOut: 'Se ha dado de baja de todo. Los temas valdrán cuando se suscriba de nuevo.',
  save: 'Guardar',
  saved: 'Guardado.',
  brokenLink: 'Este enlace no funciona',
  brokenLinkHelp: 'Puede que esté incompleto. Copie el enlace entero del correo.',
  testMail: 'Este es un correo de prueba',
  testLink: 'En un correo real, este enlace lleva aquí:',
  testChange: 'No se ha cambiado nada: los enlaces de un correo de prueba solo muestran lo que harían.',
  notForPeople: 'Este enlace no está pensado para personas.',
  later: 'Vuelva a intentarlo en un momento.',
}

const uk: Texts = {
  unsubscribe: 'Відписатися',
  optOutQuestion: (address) => `Більше не отримувати ці листи на ${address}?`,
  unsubscribeEverything: 'Відписатися від усього',
  reason: 'Чому? (необов’язково)',
  optedOut: (address) => `Готово. ${address} відписано від цих листів.`,
  optedOutEntirely: (address) => `Готово. ${address} більше не отримуватиме наших листів.`,
  subscribeAgain: 'Підписатися знову',
  subscribed: (address) => `Готово. ${address} знову підписано.`,
  setElsewhere: 'Це встановлено іншим шляхом, тож тут його не скасувати. Напишіть нам, якщо знову хочете отримувати наші листи.',
  preferences: 'Виберіть, що отримувати',
  topicsOf: (address) => `Теми для ${address}`,
  noTopics: 'Наразі немає тем для вибору.',
  entirelyOut: 'Ви відписані від усього. Теми діятимуть, коли ви підпишетеся знову.',
  save: 'Зберегти',
  saved: 'Збережено.',
  brokenLink: 'Це посилання не працює',
  brokenLinkHelp: 'Можливо, воно неповне. Скопіюйте посилання з листа цілком.',
  testMail: 'Це тестовий лист',
  testLink: 'У справжньому листі це посилання веде сюди:',
  testChange: 'Нічого не змінено: посилання тестового листа лише показують, що вони зробили б.',
  notForPeople: 'Це посилання не призначене для людей.',
  later: 'Спробуйте ще раз за мить.',
}

export const textsOf: Record<Language, Texts> = { en, de, fr, es, uk }

/** The first language of Accept-Language (RFC 9110 12.5.4) that we speak, by its weight; else the installation's. */
export function languageOf(acceptLanguage: string, otherwise: Language): Language {
  const wanted = acceptLanguage.split(',').map((part) => {
    const [tag = '', weight] = part.split(';').map((piece) => piece.trim())
    return { language: tag.toLowerCase().split('-')[0]!, weight: weight?.startsWith('q=') ? Number(weight.slice(2)) : 1 }
  })
  const spoken = wanted.filter(({ language, weight }) => weight > 0 && (languages as readonly string[]).includes(language))
  spoken.sort((a, b) => b.weight - a.weight)
  return (spoken[0]?.language as Language | undefined) ?? otherwise
}
