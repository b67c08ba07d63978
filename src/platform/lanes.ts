/** Deliveries, log entries and figures lie in lanes by the hash of their address: an address in the same one for ever (lane_of() in SQL). */
export const laneCount = 64
