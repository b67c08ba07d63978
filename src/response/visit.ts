/** Somebody, or something, followed a link of a mail or fetched its pixel. */
export type Visit = {
  lane: number
  deliveryId: number
  /** `honeypot`: the link that no person sees. */
  kind: 'click' | 'open' | 'honeypot'
  /** Of a click: which link, and where it led. */
  trackingUrlId: string | null
  url: string
  at: Date
  machine: boolean
  /** The same for the same address and agent, and tells neither. */
  visitorMark: string
}
