/** The id of a delivery as the API names it, read: the lane and the id within it. */
import { invalid } from '../platform/errors.ts'
import { laneCount } from '../platform/lanes.ts'

/** `path` names the field it was given in. Throws a fault for what can be no delivery. */
export function parseDeliveryKey(key: string, path: string): { lane: number; id: number } {
  const [, lane, id] = /^(\d{1,2})-(\d{1,15})$/.exec(key) ?? []
  if (lane === undefined || Number(lane) >= laneCount) throw invalid([{ path, message: 'This is not the id of a delivery.' }])
  return { lane: Number(lane), id: Number(id) }
}
