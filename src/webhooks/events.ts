/** What other programs can be told. Pure: a code and, in words, when it comes. */
export const webhookEvents = ['healthAlarm', 'healthOver'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

export const eventTitles: Record<WebhookEvent, string> = {
  healthAlarm: 'Alarm of Delivery Health', healthOver: 'An alarm is over',
}

/** Comes only when somebody asks for it. */
export const testEvent = 'test'
