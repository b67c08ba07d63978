/** The providers in words: what their key is called, and where to enter the URL. */
import type { ProviderWebhook } from '../../../src/provider-webhooks/contract.ts'

type Provider = ProviderWebhook['provider']

export const providerTitles: Record<Provider, string> = { amazonSes: 'Amazon SES', sendGrid: 'SendGrid', postmark: 'Postmark', mailgun: 'Mailgun' }

type KeyWords = { label: string; description: string; placeholder: string }
export const keyWords: Record<Provider, KeyWords> = {
  amazonSes: { label: 'ARN of the SNS topic', description: 'Only messages of this topic are believed.', placeholder: 'arn:aws:sns:eu-west-1:123456789012:bounces' },
  sendGrid: { label: 'Verification key', description: 'Mail Settings > Event Webhook > Signature verification.', placeholder: 'MFkwEwYHKoZIzj0CAQYI…' },
  postmark: { label: 'Password', description: 'At least 16 characters, chosen by you. Enter it at Postmark as well, under Basic auth credentials, with any user name.', placeholder: '' },
  mailgun: { label: 'Webhook signing key', description: 'Settings > API Security > HTTP webhook signing key.', placeholder: '' },
}

/** What to do with the URL. */
export const setUpWords: Record<Provider, string> = {
  amazonSes: 'Subscribe this URL (HTTPS) to the topic: the subscription is confirmed by itself. Let SES publish bounces and complaints there, with original headers included and raw message delivery off.',
  sendGrid: 'Enter it as the HTTP post URL of an event webhook, choose the deliverability and unsubscribe events, and switch signature verification on.',
  postmark: 'Add it as a webhook of your message stream for bounces, spam complaints and subscription changes. Tick “Include bounce content”: the proof is in the returned mail.',
  mailgun: 'Add it as a webhook for permanent failures, spam complaints and unsubscribes.',
}

type State = Pick<ProviderWebhook, 'active' | 'keySet' | 'lastEventAt' | 'lastRefusalAt'>

/** The status whose colour it shares, and the words. */
export function stateOf({ active, keySet, lastEventAt, lastRefusalAt }: State): { status: string; words: string } {
  if (!active) return { status: 'inactive', words: 'Off' }
  if (!keySet) return { status: 'notSetUp', words: 'No key' }
  const refused = lastRefusalAt !== null && (lastEventAt === null || lastRefusalAt > lastEventAt)
  return refused ? { status: 'wrong', words: 'Refused' } : { status: 'active', words: 'On' }
}
