/** What a row of the ledger is called in code, and its id in the API. */

export const deliveryStatuses = ['pending', 'sending', 'sent', 'failed', 'skipped', 'uncertain'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** What travels with a delivery from claim to settlement. */
export type Delivery = {
  lane: number
  id: number
  massEmailId: string
  campaignId: string
  entityType: string
  recordId: string
  emailAddress: string
  attempts: number
  firstTriedAt: Date | null
  /** Whose allowance was granted for it, when a sender claimed it. */
  owners?: readonly string[]
}

/** Opaque outside: the lane and the id within it. */
export const deliveryKey = ({ lane, id }: { lane: number; id: number }): string => `${lane}-${id}`
