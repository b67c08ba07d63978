/** *Check all again*: one check after the other, and how many are done. */
import { Button, VisuallyHidden } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '../../../src/health/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { failed } from '../../ui/notice.tsx'
import { groups } from './groups.ts'

const codes = groups.flatMap((group) => group.codes)

export function CheckAll() {
  const refresh = useRefresh()
  const [done, setDone] = useState(0)
  const check = useMutation({
    mutationFn: async () => {
      setDone(0)
      for (const code of codes) {
        await call(api.checkDeliveryHealth, { body: { code } })
        setDone((count) => count + 1)
      }
    },
    onError: failed, onSettled: () => refresh(api.getDeliveryHealth),
  })
  const progress = `Checking, ${done} of ${codes.length} done`
  return (
    <>
      <VisuallyHidden role="status">{check.isPending ? progress : check.isSuccess ? 'All checks are done.' : ''}</VisuallyHidden>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} aria-disabled={check.isPending} data-disabled={check.isPending || undefined} onClick={() => { if (!check.isPending) check.mutate() }}>
        {check.isPending ? progress : 'Check all again'}
      </Button>
    </>
  )
}
