/** Asks before a relationship goes, and says what that means: for a link the values, for Target List the mail. */
import { Button, Group, List, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import * as api from '../../../src/entity-manager/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { definitionReads } from './definition-reads.ts'
import { inOneSentence, targetList } from './relationship-words.ts'

type RemoveRelationshipProps = { type: EntityType; relationship: api.Relationship; words: [string, string] }

export function RemoveRelationship({ type, relationship, words }: RemoveRelationshipProps) {
  const remove = useAction(api.removeRelationship, { refreshes: definitionReads, done: () => { modals.closeAll(); succeeded('The relationship is removed. Undo stands above.') } })
  return (
    <Stack>
      <ErrorNote error={remove.error} />
      <Text size="sm">{inOneSentence(words)}.</Text>
      {relationship.right === targetList ? <NoMoreMail type={type} /> : <Text size="sm">Which records belong together is forgotten; the records themselves stay, and so do all other fields.</Text>}
      <Text size="sm">It can be undone until the next change here.</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ params: { id: relationship.id } })}>Remove the relationship</Button>
      </Group>
    </Stack>
  )
}

function NoMoreMail({ type: { name, plural } }: { type: EntityType }) {
  const usage = useLook(api.entityTypeUsage, { params: { name } })
  if (usage.error) return <ErrorNote error={usage.error} />
  if (!usage.data) return <Waiting lines={3} />
  const { targetLists, massEmails } = usage.data
  const members = targetLists.reduce((sum, list) => sum + list.members, 0)
  const unsent = massEmails.reduce((sum, massEmail) => sum + massEmail.unsentDeliveries, 0)
  return (
    <List size="sm" spacing={6}>
      <List.Item>{plural} can no longer be mailed.</List.Item>
      <List.Item>{members > 0 ? `${counted(members, 'member')} in ${counted(targetLists.length, 'target list')} no longer count.` : 'None of them is in a target list.'}</List.Item>
      <List.Item>{unsent > 0 ? `${counted(unsent, 'delivery', 'deliveries')} not sent yet will be skipped, with this reason.` : 'No mail to them is waiting.'}</List.Item>
      <List.Item>The history of what was sent, opened and clicked stays readable, and opt-outs stay with their addresses.</List.Item>
    </List>
  )
}
