/** Step three: create or update, what counts as the same record, the target list, values for all. */
import { Radio, Select, Stack, Switch } from '@mantine/core'
import type { EntityType } from '../../api/entity-types.ts'
import { finder } from '../../api/find.ts'
import { RecordPicker } from '../../ui/RecordPicker.tsx'
import { DefaultValues } from './DefaultValues.tsx'
import { importableFields } from './importable-fields.ts'
import type { ImportAction, ImportDraft } from './import-draft.ts'

type OptionsStepProps = { type: EntityType; draft: ImportDraft; onChange: (changes: Partial<ImportDraft>) => void }

export function OptionsStep({ type, draft, onChange }: OptionsStepProps) {
  const plural = type.plural.toLowerCase()
  const keys = importableFields(type).filter(({ name, type }) => ['email', 'text', 'phone'].includes(type) && Object.values(draft.mapping).includes(name))
  return (
    <Stack>
      <Radio.Group label="Action" value={draft.action} onChange={(action) => onChange({ action: action as ImportAction })}>
        <Stack gap={8} mt={6}>
          <Radio value="create" label={`Create new ${plural}`} />
          <Radio value="createAndUpdate" label="Create new ones and update those that are here" />
          <Radio value="update" label="Only update those that are here" />
        </Stack>
      </Radio.Group>
      {draft.action === 'create'
        ? <Switch label="Skip rows whose address is already here" description="They still join the target list below." checked={draft.skipDuplicates} onChange={(event) => onChange({ skipDuplicates: event.currentTarget.checked })} />
        : <Select label="Existing records are found by" w={{ base: '100%', sm: 280 }} data={keys.map(({ name, label }) => ({ value: name, label }))} value={draft.updateBy} onChange={(updateBy) => updateBy && onChange({ updateBy })} />}
      {type.mailable && (
        <RecordPicker label="Add everybody to a target list" description="New ones and those that are already here." kind="target-lists" find={finder('target-lists')}
          value={draft.targetList} onPick={(targetList) => onChange({ targetList })} placeholder="None" />
      )}
      <DefaultValues type={type} mapped={Object.values(draft.mapping)} values={draft.defaults} onValues={(defaults) => onChange({ defaults })} />
    </Stack>
  )
}
