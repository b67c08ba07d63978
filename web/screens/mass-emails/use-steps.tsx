/** The steps of a mass email as functions to call from a button or a menu: asks where it must, says what was done. */
import { Text } from '@mantine/core'
import { useNavigate } from 'react-router'
import * as campaign from '../../../src/campaign/contract.ts'
import * as delivery from '../../../src/delivery/contract.ts'
import { getForecast, getWhy } from '../../../src/health/contract.ts'
import { getCampaignFigures, getMassEmailFigures } from '../../../src/log/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'

/** Whatever shows a mass email is read again after each step. */
export const massEmailReads = [
  campaign.listMassEmails, campaign.getMassEmail, campaign.getAudience, campaign.getPreflight, campaign.listCampaigns, campaign.getCampaign,
  delivery.listDeliveries, delivery.getProgress, getWhy, getForecast, getMassEmailFigures, getCampaignFigures,
]

type About = Pick<campaign.MassEmail, 'id' | 'name' | 'status' | 'figures'>

export function useSteps({ id, name, status, figures }: About) {
  const navigate = useNavigate()
  const refresh = useRefresh()
  const params = { id }
  const done = async (message?: string) => {
    await refresh(...massEmailReads)
    if (message) succeeded(message)
  }
  /** Whatever fails is said; nothing is thrown into a click. */
  const act = (work: () => Promise<unknown>) => () => { work().catch(failed) }

  return {
    pause: act(async () => { await call(delivery.pauseMassEmail, { params }); await done(`“${name}” is paused. What is on the wire arrives.`) }),
    resume: act(async () => { await call(delivery.resumeMassEmail, { params }); await done(`“${name}” goes on.`) }),
    backToDraft: act(async () => { await call(campaign.changeMassEmail, { params, body: { status: 'draft' } }); await done(`“${name}” is a draft again.`) }),
    cancel: act(async () => {
      const left = figures.people - figures.sent - figures.failed - figures.skipped
      if (!(await confirm({ title: `Cancel “${name}”?`, body: cancelWords(status, left), confirm: 'Cancel the mass email', cancel: 'Keep it', danger: true }))) return
      await call(delivery.cancelMassEmail, { params })
      await done(`“${name}” is canceled.`)
    }),
    retryFailed: act(async () => {
      const { requeued } = await call(delivery.retryFailed, { params })
      await done(requeued > 0 ? `${counted(requeued, 'failed one')} will be tried again.` : 'None of them can be tried again: their addresses are dead.')
    }),
    sendToNew: act(async () => {
      const { added } = await call(delivery.sendToNew, { params })
      await done(added > 0 ? `${counted(added, 'new person', 'new people')} will get it.` : 'Nobody new is in its lists.')
    }),
    duplicate: act(async () => {
      const copy = await call(campaign.duplicateMassEmail, { params, body: {} })
      await done()
      await navigate(paths.massEmail(copy.id))
    }),
    remove: act(async () => {
      const body = <Text size="sm">What is not sent yet will not be sent. Links in mail that was sent go on working.</Text>
      if (!(await confirm({ title: `Remove “${name}”?`, body, confirm: 'Remove', danger: true }))) return
      await call(campaign.removeMassEmail, { params })
      await navigate(paths.massEmails())
      await done(`“${name}” is removed.`)
    }),
  }
}

const cancelWords = (status: campaign.MassEmail['status'], left: number) => (status === 'pending'
  ? 'It will not start. To change it and start later, take it back to draft instead.'
  : `${left > 0 ? `${counted(left, 'person', 'people')} who did not get it yet` : 'Those who did not get it yet'} will be skipped. This cannot be undone. To stop for a while, pause it instead.`)
