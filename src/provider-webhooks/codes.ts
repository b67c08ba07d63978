/** The providers that tell what became of mail, as they are called in the API, in the database and on screens. */
export const providerNames = ['amazonSes', 'sendGrid', 'postmark', 'mailgun'] as const
export type ProviderName = (typeof providerNames)[number]
