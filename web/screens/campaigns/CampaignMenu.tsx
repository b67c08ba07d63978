/** What can be done with a whole campaign: duplicate, delete. */
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import * as api from '../../../src/campaign/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'

type CampaignMenuProps = { campaign: { id: string; name: string }; onDeleted?: () => void }

export function CampaignMenu({ campaign: { id, name }, onDeleted }: CampaignMenuProps) {
  const navigate = useNavigate()
  const refresh = useRefresh()
  const duplicate = async () => {
    const copy = await call(api.duplicateCampaign, { params: { id }, body: {} })
    await refresh(api.listCampaigns)
    await navigate(paths.campaign(copy.id))
  }
  const remove = async () => {
    const sure = await confirm({
      title: `Delete “${name}”?`, body: 'Its mass emails and tracking URLs go with it; what is not sent yet will not be sent. Links in mail that was sent go on working.', confirm: 'Delete', danger: true,
    })
    if (!sure) return
    await call(api.removeCampaign, { params: { id } })
    onDeleted?.()
    await refresh(api.listCampaigns, api.listMassEmails)
    succeeded(`“${name}” is deleted.`)
  }
  return (
    <>
      <ReasonMenuItem icon={IconCopy} onClick={() => { duplicate().catch(failed) }}>Duplicate</ReasonMenuItem>
      <ReasonMenuItem icon={IconTrash} danger onClick={() => { remove().catch(failed) }}>Delete</ReasonMenuItem>
    </>
  )
}
