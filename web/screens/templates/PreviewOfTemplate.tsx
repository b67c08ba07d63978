/** A template as people get it, for whoever looks and does not write. */
import * as api from '../../../src/content/contract.ts'
import { useRead } from '../../api/client.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { usePreview } from './use-preview.ts'

export function PreviewOfTemplate({ templateId }: { templateId: string }) {
  return <Boundary><Preview templateId={templateId} /></Boundary>
}

function Preview({ templateId }: { templateId: string }) {
  const template = useRead(api.getEmailTemplate, { params: { id: templateId } })
  return <PreviewPane preview={usePreview(templateId, template)} format={template.format === 'text' ? 'text' : 'html'} />
}
