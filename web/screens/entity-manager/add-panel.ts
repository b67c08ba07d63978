/** Puts the panel of a type among the Bottom Panels of Target List, unless it stands there. */
import { changeLayout, readLayout } from '../../../src/layouts/contract.ts'
import { call } from '../../api/client.ts'
import { targetList } from './relationship-words.ts'

const params = { entityType: targetList, kind: 'bottomPanels' } as const

export async function addTargetListPanel(name: string): Promise<void> {
  const { items } = await call(readLayout, { params })
  if (!items.includes(name)) await call(changeLayout, { params, body: { items: [...items, name] } })
}
