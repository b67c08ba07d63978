/** What an API key may be used for: parts of the product in plain words, each to read or also to change. Pure; which endpoint is in which part says http/areas.ts. */

export const areas = ['records', 'imports', 'targetLists', 'optOuts', 'templates', 'campaigns', 'sending', 'reports', 'settings', 'users'] as const
export type Area = (typeof areas)[number]

export type Scope = `${Area | 'all'}:${'read' | 'write'}`
export const scopes: readonly Scope[] = [...areas, 'all' as const].flatMap((area): Scope[] => [`${area}:read`, `${area}:write`])

export const fullScope: readonly Scope[] = ['all:write']

/** What an endpoint needs; `own` is a key's own affairs (its tasks), which every key may read, and change where it may change anything. */
export type NeededScope = Scope | `own:${'read' | 'write'}`

/** Whoever may change a part may read it, too. */
export function covers(held: readonly Scope[], needed: NeededScope): boolean {
  const { area, writes } = partsOf(needed)
  return held.some((scope) => {
    const has = partsOf(scope)
    return (has.area === area || has.area === 'all' || area === 'own') && (has.writes || !writes)
  })
}

/** What one of these does not cover, of those. */
export const beyond = (held: readonly Scope[], wanted: readonly Scope[]): Scope[] => wanted.filter((scope) => !covers(held, scope))

function partsOf(scope: NeededScope) {
  const [area, access] = scope.split(':') as [Area | 'all' | 'own', 'read' | 'write']
  return { area, writes: access === 'write' }
}
