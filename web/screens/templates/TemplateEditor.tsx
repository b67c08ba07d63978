/** The template editor: text on the left, the mail as a real reader gets it on the right, checks below. Saves by itself. */
import { ActionIcon, Menu, Stack } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import * as api from '../../../src/content/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SavedMark } from '../../ui/SavedMark.tsx'
import { useAutosave } from '../../ui/use-autosave.ts'
import { useWayBack } from '../first-run/way-back.ts'
import { ChecksPanel } from './ChecksPanel.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { SendTestButton } from './SendTestButton.tsx'
import { SourcePane } from './SourcePane.tsx'
import { TemplateMenu } from './TemplateMenu.tsx'
import type { Template } from './template.ts'
import { usePreview } from './use-preview.ts'
import classes from './TemplateEditor.module.css'

export function TemplateEditor({ template }: { template: api.EmailTemplate }) {
  const { id } = template
  const format = template.format === 'text' ? 'text' : 'html'
  const navigate = useNavigate()
  const refresh = useRefresh()
  const { value, change, state, flush } = useAutosave<Template>(pick(template), async (next) => {
    await call(api.changeEmailTemplate, { params: { id }, body: { ...next, name: next.name.trim() || 'Untitled' } })
    await refresh(api.listEmailTemplates)
  })
  const preview = usePreview(id, value)
  return (
    <Page title={value.name || 'Untitled'} mark={<SavedMark state={state} again={() => { void flush() }} />} back={useWayBack({ to: paths.templates(), title: 'Templates' })}
      action={(
        <>
          <SendTestButton templateId={id} save={flush} />
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon size="lg" variant="default" aria-label="More actions"><IconDots size={18} /></ActionIcon></Menu.Target>
            <Menu.Dropdown><TemplateMenu template={{ id, name: value.name }} onDeleted={() => { void navigate(paths.templates()) }} /></Menu.Dropdown>
          </Menu>
        </>
      )}>
      <div className={classes['split']}>
        <Stack gap="md">
          <Panel title="Text"><SourcePane format={format} value={value} onChange={change} /></Panel>
        </Stack>
        <Stack gap="md">
          <Panel title="Preview"><PreviewPane preview={preview} format={format} /></Panel>
          <ChecksPanel draft={{ ...value, format }} rendered={preview.rendered} person={preview.person} />
        </Stack>
      </div>
    </Page>
  )
}

const pick = ({ name, subject, body, textBody }: api.EmailTemplate): Template => ({ name, subject, body, textBody })
