/** Makes a target list of the people in the log, and says in words who will be in it before it is made. */
import { Alert, Button, Group, Modal, MultiSelect, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { createTargetListFromLog } from '../../../src/log/contract.ts'
import { useAction } from '../../api/client.ts'
import { useMailableTypes } from '../../api/entity-types.ts'
import { finder } from '../../api/find.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { type Pick, RecordPicker } from '../../ui/RecordPicker.tsx'
import { counted } from '../../ui/words.ts'
import { type ListRequest, bodyOf, choiceOf, requestFrom } from './list-request.ts'
import { listSentence } from './list-sentence.ts'
import { logActionCodes, logActions } from './log-actions.ts'
import type { Named } from './LogFilters.tsx'
import type { LogFilter } from './use-log-filter.ts'

type CreateListDialogProps = { campaignId: string; campaignName: string; filter: LogFilter; massEmails: Named[]; links: Named[]; onClose: () => void }

const actionOptions = logActionCodes.map((action) => ({ value: action, label: logActions[action].name }))
const optionsOf = (things: Named[]) => things.map(({ id, name }) => ({ value: id, label: name }))

export function CreateListDialog({ campaignId, campaignName, filter, massEmails, links, onClose }: CreateListDialogProps) {
  const navigate = useNavigate()
  const types = useMailableTypes()
  const [request, setRequest] = useState<ListRequest>(() => requestFrom(filter, campaignName))
  const [existing, setExisting] = useState<Pick | null>(null)
  const change = (part: Partial<ListRequest>) => setRequest({ ...request, ...part })
  const create = useAction(createTargetListFromLog, {
    done: ({ id, name, added }) => {
      succeeded(`${counted(added, 'person', 'people')} added to “${name}”.`)
      void navigate(paths.targetList(id))
    },
  })
  const complete = request.including.length > 0 && (request.into === 'new' ? request.name.trim() !== '' : existing !== null)
  return (
    <Modal opened onClose={onClose} size="lg" title="Create target list">
      <Stack gap="md">
        <SegmentedControl aria-label="Where they go" value={request.into} onChange={(into) => change({ into: into as ListRequest['into'] })}
          data={[{ value: 'new', label: 'A new list' }, { value: 'existing', label: 'An existing list' }]} />
        {request.into === 'new'
          ? <TextInput label="Name of the list" required data-autofocus value={request.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          : <RecordPicker label="Target list" required kind="target-lists" find={finder('target-lists')} value={existing} onPick={setExisting} />}
        <MultiSelect label="Everybody who" required data={actionOptions} value={request.including} onChange={(value) => change({ including: value as ListRequest['including'] })} />
        <MultiSelect label="Leave out who" data={actionOptions} value={request.excluding} onChange={(value) => change({ excluding: value as ListRequest['excluding'] })} placeholder="Nobody" />
        {links.length > 0 && request.including.includes('clicked') && (
          <MultiSelect label="Links that count as clicked" data={optionsOf(links)} value={request.trackingUrlIds} onChange={(trackingUrlIds) => change({ trackingUrlIds })} placeholder="Any link" />
        )}
        <Group grow align="flex-start">
          {massEmails.length > 1 && <MultiSelect label="In" data={optionsOf(massEmails)} value={request.massEmailIds} onChange={(massEmailIds) => change({ massEmailIds })} placeholder="Any mass email" />}
          <MultiSelect label="Types" data={types.map(({ name, plural }) => ({ value: name, label: plural }))} value={request.entityTypes} onChange={(entityTypes) => change({ entityTypes })} placeholder="Any type" />
        </Group>
        <Group align="flex-end" justify="space-between">
          <DatePickerInput label="Time" type="range" miw={220} clearable placeholder="Any time" value={[request.from, request.to]} onChange={([from, to]) => change({ from, to })} />
          <Switch label="Count machines too" mb={8} checked={request.machine === 'include'} onChange={(event) => change({ machine: event.currentTarget.checked ? 'include' : 'exclude' })} />
        </Group>
        <Alert color="tide" variant="light" title="Who will be in it" aria-live="polite">{listSentence(choiceOf(request, { massEmails, links, types }))}</Alert>
        <ErrorNote error={create.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button disabled={!complete} loading={create.isPending} onClick={() => create.mutate({ params: { id: campaignId }, body: bodyOf(request, existing?.id) })}>
            {request.into === 'new' ? 'Create list' : 'Add to list'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
