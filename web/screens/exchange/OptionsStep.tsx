/** Step three: create or update, what counts as the same record, the target list, values for all. */
import { Radio, Select, Stack, Switch } from '@mantine/core'
import type { EntityType } from '../../api/entity-types.ts'
import { finder } from '../../api/find.ts'
import { RecordPicker } from '../../ui/RecordPicker.tsx'
import { DefaultValues } from './DefaultValues.tsx'
import { isLinkByName, keyFields } from './importable-fields.ts'
import type { ImportAction, ImportDraft } from './import-draft.ts'
import { LinkOptions } from './LinkOptions.tsx'
import { WritingControls } from './WritingControls.tsx'

type OptionsStepProps = { type: EntityType; draft: ImportDraft; onChange: (changes: Partial<ImportDraft>) => void }

export function OptionsStep({ type, draft, onChange }: OptionsStepProps) {
  const plural = type.plural.toLowerCase()
  const keys = keyFields(type, draft.mapping).map(({ name, label }) => ({ value: name, label }))
  const namesLinks = Object.values(draft.mapping).some((name) => isLinkByName(type, name))
  return (
    <Stack>
      <Radio.Group label="Action" value={draft.action} onChange={(action) => onChange({ action: action as ImportAction })}>
        <Stack gap={8} mt={6}>
          <Radio value="create" label={`Create new ${plural}`} />
          <Radio value="createAndUpdate" label="Create new ones and update those that are here" />
          <Radio value="update" label="Only update those that are here" />
        </Stack>
      </Radio.Group>
      {draft.action === 'create' ? <Duplicates keys={keys} draft={draft} onChange={onChange} />
        : <Select label="Existing records are found by" w={{ base: '100%', sm: 280 }} data={keys} value={draft.updateBy} onChange={(updateBy) => updateBy && onChange({ updateBy })} />}
      {namesLinks && <LinkOptions value={draft.missingLinks} onValue={(missingLinks) => onChange({ missingLinks })} />}
      {type.mailable && (
        <RecordPicker label="Add everybody to a target list" description="New ones and those that are already here." kind="target-lists" find={finder('target-lists')}
          value={draft.targetList} onPick={(targetList) => onChange({ targetList })} placeholder="None" />
      )}
      <WritingControls reading={draft.reading} onReading={(changed) => onChange({ reading: { ...draft.reading, ...changed } })} />
      <DefaultValues type={type} mapped={Object.values(draft.mapping)} values={draft.defaults} onValues={(defaults) => onChange({ defaults })} />
    </Stack>
  )
}

type DuplicatesProps = { keys: { value: string; label: string }[]; draft: ImportDraft; onChange: OptionsStepProps['onChange'] }

function Duplicates({ keys, draft, onChange }: DuplicatesProps) {
  return (
    <Stack gap="xs">
      <Switch label="Skip rows that are already here" description="They still join the target list below." checked={draft.skipDuplicates} onChange={(event) => onChange({ skipDuplicates: event.currentTarget.checked })} />
      {draft.skipDuplicates && keys.length > 0 && (
        <Select label="Recognised by" w={{ base: '100%', sm: 280 }} data={keys} value={draft.duplicatesBy} placeholder="No column for the email address: nobody is"
          onChange={(duplicatesBy) => duplicatesBy && onChange({ duplicatesBy })} />
      )}
    </Stack>
  )
}
