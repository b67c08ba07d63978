/** The icon of a place in the navigation and the command palette. */
import { TypeIcon } from '../ui/TypeIcon.tsx'
import type { Place } from './navigation.ts'

export function PlaceIcon({ place: { icon: Icon, type }, size }: { place: Pick<Place, 'icon' | 'type'>; size: number }) {
  return type ? <TypeIcon type={type} size={size} /> : <Icon size={size} stroke={1.7} aria-hidden />
}
