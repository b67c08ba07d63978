/** Beside the editor of a role, while it is being changed: what somebody with this role alone can do, in sentences, and what contradicts itself. */
import { Alert, List, Stack, Text } from '@mantine/core'
import type { Rights } from '../../../src/access/contract.ts'
import { Panel } from '../../ui/Panel.tsx'
import { permissionWords, rightsInWords } from './right-words.ts'
import { warningsOf } from './role-warnings.ts'
import { useThings } from './use-things.ts'

export function RolePreview({ rights }: { rights: Rights }) {
  const things = useThings()
  const named = things.filter(({ name }) => Object.hasOwn(rights.types, name))
  const warnings = warningsOf(rights, things)
  const permissions = permissionWords.filter(({ value }) => rights.permissions.includes(value))
  const rest = named.length > 0 ? 'other things' : 'things'
  return (
    <Panel title="With this role a person can" about="Somebody with several roles can do what any of them allows.">
      <Stack gap="sm" aria-live="polite">
        <List size="sm" spacing={4}>
          {named.map(({ name, title }) => <List.Item key={name}>{rightsInWords(rights.types[name]!, title.toLowerCase())}</List.Item>)}
          <List.Item>{rightsInWords(rights.otherTypes, rest)}</List.Item>
          {permissions.map(({ value, label, description }) => <List.Item key={value}>{label}: {description.charAt(0).toLowerCase() + description.slice(1)}{value === 'send' && rights.sendNeedsApproval && ' Somebody else has to approve it.'}</List.Item>)}
          {permissions.length === 0 && <List.Item><Text span inherit c="dimmed">No more than that: the role gives no permission.</Text></List.Item>}
        </List>
        {warnings.length > 0 && (
          <Alert color="lamp" title={warnings.length === 1 ? 'One choice contradicts another' : `${warnings.length} choices contradict others`}>
            <List size="sm" spacing={4}>{warnings.map((warning) => <List.Item key={warning}>{warning}</List.Item>)}</List>
          </Alert>
        )}
      </Stack>
    </Panel>
  )
}
