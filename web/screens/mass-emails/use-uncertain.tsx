/** A person's choice about unknown deliveries: says in words what it means, does it, says what was done. */
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { settleUncertain } from '../../../src/delivery/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { massEmailReads } from './use-steps.tsx'

export type Choice = 'sendAgain' | 'countAsSent'

const words: Record<Choice, { title: string; meaning: string; yes: string; done: string }> = {
  sendAgain: { title: 'Send again?', meaning: 'Whoever got the first one may get it twice. It carries the same Message-ID, so that many servers drop the second.', yes: 'Send again', done: 'will be sent again' },
  countAsSent: { title: 'Count as sent?', meaning: 'They are not sent again. Whoever did not get it will not get it. This cannot be undone.', yes: 'Count as sent', done: 'counted as sent' },
}

/** `deliveryIds` left out: all of them. */
export function useUncertain({ id }: Pick<MassEmail, 'id'>, done: () => void) {
  const refresh = useRefresh()
  return (action: Choice, deliveryIds: string[] | undefined, count: number) => {
    const { title, meaning, yes, done: past } = words[action]
    const act = async () => {
      if (!(await confirm({ title, body: `${counted(count, 'delivery', 'deliveries')}. ${meaning}`, confirm: yes }))) return
      const { deliveries } = await call(settleUncertain, { params: { id }, body: { action, ...(deliveryIds && { deliveryIds }) } })
      await refresh(...massEmailReads)
      done()
      succeeded(`${counted(deliveries, 'delivery', 'deliveries')} ${past}.`)
    }
    act().catch(failed)
  }
}
