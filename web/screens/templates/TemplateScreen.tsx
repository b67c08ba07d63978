/** One template: reads it and opens it in the editor. */
import { useParams } from 'react-router'
import * as api from '../../../src/content/contract.ts'
import { useRead } from '../../api/client.ts'
import { TemplateEditor } from './TemplateEditor.tsx'

export function TemplateScreen() {
  const id = useParams()['id']!
  const template = useRead(api.getEmailTemplate, { params: { id } })
  // The editor owns the text once it is open: what is read again later must not overwrite what is being typed.
  return <TemplateEditor key={id} template={template} />
}
