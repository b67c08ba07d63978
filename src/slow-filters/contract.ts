/** What crosses the wire about slow filters. */
import { z } from 'zod'
import { byId, endpoint, pageOf, taskAnswer, TaskSchema } from '../platform/endpoint.ts'
import { indexKinds } from './field-index.ts'

export const SlowFilter = z.object({
  id: z.string(),
  entityType: z.string(),
  /** `Contacts`, as people read it. */
  plural: z.string(),
  field: z.string(),
  label: z.string(),
  /** What the index would serve: `order` equality, bounds and sorting, `words` any part of a text, `members` lists of ids. */
  kind: z.enum(indexKinds),
  times: z.number(),
  slowestMs: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** Records of this type, about. */
  records: z.number(),
  index: z.object({ name: z.string(), state: z.enum(['none', 'making', 'made']), bytes: z.number().nullable() }),
  /** The last task that made the index. */
  task: TaskSchema.nullable(),
})
export type SlowFilter = z.output<typeof SlowFilter>

export const listSlowFilters = endpoint('GET /api/v1/slow-filters', {
  allow: 'administrator', summary: 'Fields by which lists were slow to filter or sort, the most often met first', result: pageOf(SlowFilter),
})
export const makeIndex = endpoint('POST /api/v1/slow-filters/:id/index', {
  allow: 'administrator', summary: 'Make the index that a slow filter needs, in the background', status: 202, params: byId, result: taskAnswer,
})
export const removeIndex = endpoint('DELETE /api/v1/slow-filters/:id/index', {
  allow: 'administrator', summary: 'Remove the index that was made for a slow filter', params: byId,
})
export const forgetSlowFilter = endpoint('DELETE /api/v1/slow-filters/:id', {
  allow: 'administrator', summary: 'Forget a slow filter; it returns when it is met again', params: byId,
})
