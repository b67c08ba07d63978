/** My account: what everybody sets for himself. Each part is a panel of its own; panels.ts lists them. */
import { Stack } from '@mantine/core'
import { useMe } from '../../api/session.ts'
import { displayAddress } from '../../ui/address.ts'
import { Page } from '../../ui/Page.tsx'
import { accountPanels } from './panels.ts'

export function AccountScreen() {
  const { userName } = useMe()
  return (
    <Page title="My account" width="narrow" about={`You sign in as ${displayAddress(userName)}.`}>
      <Stack>{accountPanels.map((Part) => <Part key={Part.name} />)}</Stack>
    </Page>
  )
}
