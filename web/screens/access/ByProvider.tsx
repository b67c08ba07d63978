/** On the sign-in page: the button of single sign-on where there is one, and why somebody is back from it. */
import { Alert, Button, Divider, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import * as api from '../../../src/single-sign-on/contract.ts'
import { call } from '../../api/client.ts'
import { localPath } from './local-path.ts'

export function ByProvider() {
  const [search] = useSearchParams()
  const { data } = useQuery({ queryKey: [api.getButton.path], queryFn: () => call(api.getButton) })
  const refusal = Object.entries(api.refusals).find(([code]) => code === search.get('refused'))
  if (!data?.button && !refusal) return null
  return (
    <Stack mb="md">
      {refusal && <Alert role="alert" color="red">{refusal[1]}</Alert>}
      {data?.button && (
        <>
          <Button component="a" href={`${data.button.url}?${new URLSearchParams({ to: localPath(search.get('to')) })}`} variant="default" fullWidth>Sign in with {data.button.label}</Button>
          <Divider label={data.passwordsForAdministratorsOnly ? 'or by password, for administrators' : 'or by password'} />
        </>
      )}
    </Stack>
  )
}
