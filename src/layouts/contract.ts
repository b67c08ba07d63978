/** What crosses the wire about layouts. Names in `items` are those of the wire: `accountId` for the link `account`. */
import { z } from 'zod'
import { endpoint, pageOf } from '../platform/endpoint.ts'

/** `list`: columns; `detail`: the form and the page of a record; `bottomPanels`: related records below it; `filters`: what the filter builder offers. */
export const layoutKinds = ['list', 'detail', 'bottomPanels', 'filters'] as const
export type LayoutKind = (typeof layoutKinds)[number]

const Group = z.object({ title: z.string(), items: z.array(z.string()) })
export type LayoutGroup = z.output<typeof Group>

export const Layout = z.object({
  entityType: z.string(),
  kind: z.enum(layoutKinds),
  /** What is shown, in order. */
  items: z.array(z.string()),
  /** The same under its headings: of `detail` only. */
  groups: z.array(Group).nullable(),
  /** Made from the definition: nobody has chosen. */
  isDefault: z.boolean(),
  /** Everything that may be shown, with the words for it. `required` must not be hidden; `entityType` says of whose records a bottom panel is. */
  choices: z.array(z.object({ name: z.string(), label: z.string(), required: z.boolean(), entityType: z.string().nullable() })),
  /** Chosen once, and removed from the entity type since: left out. Saving forgets them. */
  gone: z.array(z.string()),
  modifiedAt: z.string().nullable(),
  version: z.number(),
})
export type Layout = z.output<typeof Layout>

const ofType = z.object({ entityType: z.string() })
const ofTypeAndKind = ofType.extend({ kind: z.enum(layoutKinds) })
const items = z.array(z.string().max(200)).max(300)

export const listLayouts = endpoint('GET /api/v1/layouts/:entityType', {
  allow: 'signedIn', summary: 'All layouts of an entity type, or of TargetList', params: ofType, result: pageOf(Layout),
})
export const readLayout = endpoint('GET /api/v1/layouts/:entityType/:kind', {
  allow: 'signedIn', summary: 'One layout', params: ofTypeAndKind, result: Layout,
})
export const changeLayout = endpoint('PUT /api/v1/layouts/:entityType/:kind', {
  allow: 'administrator', summary: 'Choose what is shown, in order; `groups` for the detail form, `items` for all others', params: ofTypeAndKind,
  body: z.strictObject({ items, groups: z.array(z.strictObject({ title: z.string().trim().min(1, 'A group needs a title.').max(100), items })).max(50) }).partial(),
  result: Layout,
})
export const resetLayout = endpoint('DELETE /api/v1/layouts/:entityType/:kind', {
  allow: 'administrator', summary: 'Back to the layout that is made from the definition', params: ofTypeAndKind,
})
