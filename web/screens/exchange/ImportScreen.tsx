/** Import: four steps on one page. File, columns, what to do, then a dry run and the run. */
import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { FileReading } from '../../../src/exchange/contract.ts'
import { byName, useEntityTypes, useKnownEntityTypes } from '../../api/entity-types.ts'
import { nameOfOne } from '../../api/find.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { EarlierImports } from './EarlierImports.tsx'
import { FileStep } from './FileStep.tsx'
import { OptionsStep } from './OptionsStep.tsx'
import { RunStep } from './RunStep.tsx'
import { asGuessed, type ImportDraft, newDraft } from './import-draft.ts'
import { useWayBack } from '../first-run/way-back.ts'
import { mappingAfter } from './look-into.ts'
import { usePreview } from './preview.ts'

export function ImportScreen() {
  const [search] = useSearchParams()
  const listId = search.get('targetListId')
  const type = byName(useKnownEntityTypes(), search.get('entityType') ?? 'Contact')
  const list = useQuery({ queryKey: ['import target list', listId], queryFn: () => nameOfOne('target-lists', listId!), enabled: listId !== null })
  const preset = listId ? { id: listId, name: list.data ?? '…' } : null
  return (
    <Page title="Import" width="narrow" about="Bring records in from a file. Nothing is written before the last step." back={useWayBack({ to: paths.records(type?.slug ?? 'contacts'), title: 'Back to the list' })}>
      <Stack>
        <Steps key={list.data} entityType={search.get('entityType') ?? 'Contact'} targetList={preset} />
        <Panel title="Earlier imports" flush foldsAs="earlier-imports"><EarlierImports /></Panel>
      </Stack>
    </Page>
  )
}

function Steps({ entityType, targetList }: { entityType: string; targetList: ImportDraft['targetList'] }) {
  const types = useEntityTypes()
  const [draft, setDraft] = useState<ImportDraft>({ ...newDraft(entityType), targetList })
  const change = (changes: Partial<ImportDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const type = byName(types, draft.entityType) ?? types[0]!
  const { ask, isPending, error } = usePreview((preview) => setDraft((before) => ({ ...before, preview, mapping: mappingAfter(before, preview) })))
  const chooseType = (name: string) => {
    change({ entityType: name, defaults: {}, mapping: {}, preview: null })
    if (draft.file) ask({ file: draft.file, entityType: name, reading: draft.reading })
  }
  const chooseFile = (file: File) => {
    const reading = { ...asGuessed, decimal: draft.reading.decimal, dateOrder: draft.reading.dateOrder }
    change({ file, reading, preview: null, mapping: {} })
    ask({ file, entityType: type.name, reading })
  }
  // Kept at once, not when the answer comes: a second change before that must not lose the first.
  const changeReading = (changed: Partial<FileReading>) => {
    const reading = { ...draft.reading, ...changed }
    change({ reading })
    ask({ file: draft.file!, entityType: type.name, reading })
  }
  return (
    <Stack>
      <Panel title="1. File"><FileStep types={types} draft={draft} looking={isPending} error={error} onType={chooseType} onReading={changeReading} onFile={chooseFile} /></Panel>
      {draft.preview && <Panel title="2. Columns" flush><ColumnsStep draft={draft} type={type} onMapping={(mapping) => change({ mapping })} /></Panel>}
      {draft.preview && <Panel title="3. What to do"><OptionsStep type={type} draft={draft} onChange={change} /></Panel>}
      {draft.preview && <Panel title="4. Check and run"><RunStep draft={draft} /></Panel>}
    </Stack>
  )
}
