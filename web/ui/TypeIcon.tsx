/** The icon of an entity type in its colour: those that ship are at hand, the rest loads with the first custom type. */
import { type Icon, IconAddressBook, IconBuilding, IconTable, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { Suspense, lazy } from 'react'
import { typeColor } from './type-colors.ts'

type TypeIconProps = { type: { name: string; icon: string; color: string; custom: boolean }; size?: number }

const shipped: Record<string, Icon> = { Account: IconBuilding, Contact: IconAddressBook, Lead: IconUserPlus, User: IconUsers }
const plain = { stroke: 1.7, 'aria-hidden': true } as const

export function TypeIcon({ type: { name, icon, color, custom }, size = 19 }: TypeIconProps) {
  const Shipped = shipped[name]
  if (!custom && Shipped) return <Shipped size={size} {...plain} />
  return <Suspense fallback={<IconTable size={size} {...plain} color={typeColor(color)} />}><NamedIcon icon={icon} color={color} size={size} /></Suspense>
}

/** What the picker offers; a name it does not know is a table. */
const NamedIcon = lazy(async () => {
  const { typeIcons } = await import('./type-icons.ts')
  return {
    default: function NamedIcon({ icon, color, size }: { icon: string; color: string; size: number }) {
      const Chosen = typeIcons[icon] ?? IconTable
      return <Chosen size={size} {...plain} color={typeColor(color)} />
    },
  }
})
