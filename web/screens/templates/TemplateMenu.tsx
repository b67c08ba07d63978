/** What can be done with a template from its row or its page: duplicate, delete. */
import { Menu } from '@mantine/core'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import * as api from '../../../src/content/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'

type TemplateMenuProps = { template: { id: string; name: string }; onDeleted?: () => void }

export function TemplateMenu({ template: { id, name }, onDeleted }: TemplateMenuProps) {
  const navigate = useNavigate()
  const refresh = useRefresh()
  const duplicate = async () => {
    const copy = await call(api.duplicateEmailTemplate, { params: { id }, body: {} })
    await refresh(api.listEmailTemplates)
    await navigate(paths.template(copy.id))
  }
  const remove = async () => {
    if (!(await confirm({ title: `Delete “${name}”?`, body: 'Mass emails that use it and have not started yet cannot start without it. What was sent stays readable.', confirm: 'Delete', danger: true }))) return
    await call(api.removeEmailTemplate, { params: { id } })
    await refresh(api.listEmailTemplates)
    succeeded(`“${name}” is deleted.`)
    onDeleted?.()
  }
  return (
    <>
      <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => { duplicate().catch(failed) }}>Duplicate</Menu.Item>
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => { remove().catch(failed) }}>Delete</Menu.Item>
    </>
  )
}
