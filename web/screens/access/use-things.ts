/** What a role can speak of, as people call it. Users are seen by it and written by admins alone. */
import { useEntityTypes } from '../../api/entity-types.ts'

export type Thing = { name: string; title: string }

export function useThings(): Thing[] {
  const records = useEntityTypes().map(({ name, plural }) => ({ name, title: plural }))
  return [...records, { name: 'Campaign', title: 'Campaigns' }, { name: 'TargetList', title: 'Target Lists' }, { name: 'EmailTemplate', title: 'Email Templates' }, { name: 'Report', title: 'Reports' }]
}
