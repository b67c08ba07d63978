/** Arranges one layout: save, discard, back to the default with undo. Where things are dropped is LayoutColumns' business. */
import { Alert, Group, Stack } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { useState } from 'react'
import * as api from '../../../src/layouts/contract.ts'
import { call, useAction, useRefresh } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { SaveBar } from '../../ui/SaveBar.tsx'
import { failed, succeeded, undo } from '../../ui/notice.tsx'
import { useUnsavedWarning } from '../../ui/use-unsaved-warning.ts'
import { type Arrangement, arrangementOf } from './arrangement.ts'
import { LayoutColumns } from './LayoutColumns.tsx'

export function LayoutEditor({ layout }: { layout: api.Layout }) {
  const { entityType, kind, gone } = layout
  const [start] = useState(() => arrangementOf(layout.groups ?? [{ title: '', items: layout.items }], layout.choices.map(({ name }) => name)))
  const [arrangement, setArrangement] = useState(start)
  const dirty = JSON.stringify(arrangement.groups) !== JSON.stringify(start.groups)
  const save = useAction(api.changeLayout, { refreshes: [api.listLayouts], done: () => succeeded('Saved. Everybody sees it from now on.') })
  useUnsavedWarning(dirty && !save.isPending)
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate({ params: { entityType, kind }, body: bodyOf(kind, arrangement) }) }}>
      <Stack gap="md">
        {gone.length > 0 && <Alert color="lamp" title="Some of it is gone">{gone.join(', ')}: removed from this entity type since, so left out here. Saving forgets {gone.length === 1 ? 'it' : 'them'}.</Alert>}
        <ErrorNote error={save.error} />
        <LayoutColumns layout={layout} arrangement={arrangement} onArrangement={setArrangement} />
        <Group><ResetButton layout={layout} /></Group>
      </Stack>
      <SaveBar dirty={dirty} saving={save.isPending} onDiscard={() => setArrangement(start)} />
    </form>
  )
}

function ResetButton({ layout: { entityType, kind, items, groups, isDefault } }: { layout: api.Layout }) {
  const refresh = useRefresh()
  const params = { entityType, kind }
  const takeBack = async () => {
    await call(api.changeLayout, { params, body: groups ? { groups } : { items } })
    await refresh(api.listLayouts)
  }
  const reset = async () => {
    await call(api.resetLayout, { params })
    await refresh(api.listLayouts)
    undo('Back to the default.', () => { takeBack().catch(failed) })
  }
  return (
    <ReasonButton variant="default" leftSection={<IconRestore size={16} aria-hidden />} reason={isDefault ? 'This is the default: nobody has changed it.' : undefined} onClick={() => { reset().catch(failed) }}>
      Reset to default
    </ReasonButton>
  )
}

const bodyOf = (kind: api.LayoutKind, { groups }: Arrangement) => (kind === 'detail' ? { groups } : { items: groups[0]!.items })
