/** An endpoint as data: where it is, who may call it, what goes in, what comes out. Server, web and OpenAPI read the same object. */
import { z } from 'zod'

/**
 * `public`: anybody; `signedIn`: any active user, what more is needed the handler asks; `comingIn`: also whoever must set up a second factor first; `administrator`: who has the permission to
 * administer; `userManager`: users of type admin, because who gives rights could raise his own. `may:export`: who has that permission;
 * `some:Campaign`: who may read at least some of them.
 */
export type Allow = 'public' | 'comingIn' | 'signedIn' | 'administrator' | 'userManager' | `may:${string}` | `some:${string}`
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Status = 200 | 201 | 202 | 204

export type Endpoint<Params extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType, Result extends z.ZodType = z.ZodType> = {
  method: Method
  path: `/${string}`
  allow: Allow
  summary: string
  status: Status
  params: Params
  query: Query
  body: Body
  result: Result
}

const noParams = z.object({})
const nothing = z.strictObject({})
const noResult = z.undefined()

export function endpoint<
  Result extends z.ZodType = typeof noResult, Params extends z.ZodType = typeof noParams,
  Query extends z.ZodType = typeof nothing, Body extends z.ZodType = typeof nothing,
>(
  route: `${Method} /${string}`,
  about: { allow: Allow; summary: string; status?: Status; params?: Params; query?: Query; body?: Body; result?: Result },
): Endpoint<Params, Query, Body, Result> {
  const [method, path] = route.split(' ') as [Method, `/${string}`]
  return {
    method, path, allow: about.allow, summary: about.summary,
    status: about.status ?? (about.result ? 200 : 204),
    params: (about.params ?? noParams) as Params,
    query: (about.query ?? nothing) as Query,
    body: (about.body ?? nothing) as Body,
    result: (about.result ?? noResult) as Result,
  }
}

export const byId = z.object({ id: z.string() })

/** A text that `null` empties, as it empties every other optional value. */
export const emptiable = <Text extends z.ZodType<string>>(text: Text) => text.nullable().transform((value): string => value ?? '')

/** JSON text in a query parameter. */
export const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'This is not JSON.' })
    return z.NEVER
  }
})

/** What every list takes: filter (the JSON tree), text search, sort (`name`, `-createdAt`), page size and cursor, fields to answer. */
export const listQuery = z.strictObject({
  filter: jsonText.optional(),
  q: z.string().max(500).optional(),
  sort: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
  fields: z.string().max(2000).optional(),
})
export type ListQuery = z.output<typeof listQuery>

/** A page of a list; `next` is the cursor of the next one, or null at the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number(), totalIsEstimate: z.boolean() })

export const TaskSchema = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed', 'canceled']),
  progress: z.object({ done: z.number(), total: z.number() }),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  createdAt: z.string(),
})
/** The answer of a long action (202): follow it at /api/v1/tasks/ID. */
export const taskAnswer = z.object({ task: TaskSchema })
