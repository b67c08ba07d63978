/** How much one peer may ask of the receiver: connections at a time, messages in a minute. Kept in memory: it guards this process. */

export const mostConnections = 100
export const mostConnectionsOfPeer = 20
export const mostMessagesInMinute = 300
/** Old minutes are forgotten when so many peers are known. */
const mostPeers = 10_000

export type PeerLimits = {
  /** False: too many. Whoever came in must leave again. */
  enter(peer: string): boolean
  leave(peer: string): void
  /** False: too many in this minute. */
  mayMail(peer: string): boolean
}

export function peerLimits(nowMs: () => number): PeerLimits {
  const inside = new Map<string, number>()
  const mailed = new Map<string, { minute: number; count: number }>()
  return {
    enter(peer) {
      const count = inside.get(peer) ?? 0
      if (count >= mostConnectionsOfPeer) return false
      inside.set(peer, count + 1)
      return true
    },
    leave(peer) {
      const count = (inside.get(peer) ?? 1) - 1
      if (count > 0) inside.set(peer, count)
      else inside.delete(peer)
    },
    mayMail(peer) {
      const minute = Math.floor(nowMs() / 60_000)
      if (mailed.size > mostPeers) forgetBefore(mailed, minute)
      const known = mailed.get(peer)
      const count = known?.minute === minute ? known.count + 1 : 1
      mailed.set(peer, { minute, count })
      return count <= mostMessagesInMinute
    },
  }
}

function forgetBefore(mailed: Map<string, { minute: number }>, minute: number): void {
  for (const [peer, known] of mailed) if (known.minute < minute) mailed.delete(peer)
}
