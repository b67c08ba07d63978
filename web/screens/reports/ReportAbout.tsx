/** What is said about a report besides what it asks: description, category, teams that see it. */
import { Autocomplete, Stack, Textarea } from '@mantine/core'
import { useLinkFinder } from '../records/link-finder.ts'
import { LinksInput } from '../../ui/LinksInput.tsx'
import { useCategories } from './categories.ts'

export type About = { description: string; category: string; teamIds: string[] }
type ReportAboutProps = { about: About; onAbout: (change: Partial<About>) => void; errors?: Record<string, string> }

export function ReportAbout({ about, onAbout, errors = {} }: ReportAboutProps) {
  const find = useLinkFinder()
  return (
    <Stack gap="sm">
      <Textarea label="Description" minRows={2} value={about.description} error={errors['description']} onChange={(event) => onAbout({ description: event.currentTarget.value })} />
      <Autocomplete label="Category" description="Reports of one category stand together." data={useCategories()} value={about.category} error={errors['category']} onChange={(category) => onAbout({ category })} />
      <LinksInput label="Shared with teams" kind="Team" find={() => find({ name: 'teamIds', label: 'Teams', type: 'linkMultiple', entityType: 'Team' }, '')} value={about.teamIds} error={errors['teamIds']}
        onValue={(teamIds) => onAbout({ teamIds })} />
    </Stack>
  )
}
