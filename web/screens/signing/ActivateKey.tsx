/** Switches signing to a key. While DNS does not show its record, only somebody who says so does it. */
import { Button } from '@mantine/core'
import * as api from '../../../src/signing/contract.ts'
import { useAction } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'

export function ActivateKey({ dkimKey: { id } }: { dkimKey: api.DkimKey }) {
  const activate = useAction(api.activateDkimKey, { refreshes: [api.getDkimKey, api.listDkimKeys], done: () => succeeded('Mail is signed with this key from now on.') })
  const anyway = async (error: ApiError) => {
    if (error.code !== 'dkimRecordNotSeen') return failed(error)
    const sure = await confirm({ title: 'Sign without a record in DNS?', body: error.message, confirm: 'Sign all the same', danger: true })
    if (sure) activate.mutate({ params: { id }, body: { override: true } }, { onError: failed })
  }
  return (
    <Button variant="default" loading={activate.isPending}
      onClick={() => activate.mutate({ params: { id }, body: {} }, { onError: (error) => { anyway(error).catch(failed) } })}>Sign with it now</Button>
  )
}
