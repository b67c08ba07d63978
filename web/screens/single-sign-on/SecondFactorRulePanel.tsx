/** Who needs a second factor; whoever sets it and has none is told beforehand what comes next. */
import { Alert, Radio, Stack, Text } from '@mantine/core'
import { listOwnSessions, readSecondFactor } from '../../../src/access/contract.ts'
import type { SecondFactorRule } from '../../../src/single-sign-on/contract.ts'
import { useLook } from '../../api/client.ts'
import { Panel } from '../../ui/Panel.tsx'

type RuleProps = { rule: SecondFactorRule; onRule: (rule: SecondFactorRule) => void }

export function SecondFactorRulePanel({ rule, onRule }: RuleProps) {
  return (
    <Panel title="Second factor" about="A code from an app on the phone, asked for after the password: whoever learns a password still stays outside.">
      <Stack>
        <Radio.Group label="Who needs a second factor" value={rule} onChange={(value) => onRule(value as SecondFactorRule)}>
          <Stack gap="xs" mt="xs">
            <Radio value="nobody" label="Nobody" description="Everybody decides for himself, under My account." />
            <Radio value="administrators" label="Administrators" description="Users of type Admin, and whoever has a role that administers." />
            <Radio value="everybody" label="Everybody" description="Whoever signs in by password." />
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          Whoever has none yet is let in only to set one up, also in browsers that are signed in now. Who comes in by single sign-on is not asked for it: that is the provider’s business. API keys are not touched.
          Whoever lost app and codes gets a reset under Users, and then sets up a new one.
        </Text>
        {rule !== 'nobody' && <YouAreNext />}
      </Stack>
    </Panel>
  )
}

/** Only users of type Admin see this page: every rule but “nobody” holds for them. */
function YouAreNext() {
  // No `useRead`: it would take the whole panel away while it loads.
  const factor = useLook(readSecondFactor).data
  const here = useLook(listOwnSessions).data?.items.find(({ current }) => current)
  if (factor?.on !== false || here?.cameBy !== 'password') return null
  return <Alert role="status" color="lamp" variant="light" title="You have no second factor yet">When you save this you set one up next, before anything else. Have your phone at hand; then you are back here.</Alert>
}
