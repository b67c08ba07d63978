/** What would be lost or left empty without a field or an entity type, line by line. */
import { Anchor, List, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Usage } from '../../../src/entity-manager/contract.ts'
import { paths } from '../../paths.ts'
import { counted, inWords } from '../../ui/words.ts'

const mostNamed = 5

export function UsageList({ usage, plural, children }: { usage: Usage; plural: string; children?: ReactNode }) {
  const { records, recordsWithValue, targetLists, emailTemplates, savedViews, reports, massEmails, links } = usage
  const lost = recordsWithValue ?? records
  return (
    <List size="sm" spacing={6}>
      <List.Item>{lost === 0 ? (recordsWithValue === null ? `There are no ${plural} yet.` : 'No values are lost.') : recordsWithValue === null ? `${counted(records, 'record')} of ${plural} go with it.` : `${recordsWithValue.toLocaleString()} of ${records.toLocaleString()} ${plural} have a value in it.`}</List.Item>
      {targetLists.length > 0 && <List.Item>Target lists lose these members: {named(targetLists.map(({ id, name, members }) => ({ key: id, to: paths.targetList(id), text: `${name} (${members.toLocaleString()})` })))}</List.Item>}
      {massEmails.length > 0 && <List.Item>Mass emails that are not done yet: {named(massEmails.map(({ id, name, status, unsentDeliveries }) => ({ key: id, to: paths.massEmail(id), text: `${name} (${inWords(status)}${unsentDeliveries > 0 ? `, ${counted(unsentDeliveries, 'delivery', 'deliveries')} unsent` : ''})` })))}</List.Item>}
      {emailTemplates.length > 0 && <List.Item>Templates that name it: {named(emailTemplates.map(({ id, name }) => ({ key: id, to: paths.template(id), text: name })))}</List.Item>}
      {savedViews.length > 0 && <List.Item>Saved views that use it: {savedViews.slice(0, mostNamed).map(({ name }) => `“${name}”`).join(', ')}<More of={savedViews.length} /></List.Item>}
      {reports.length > 0 && <List.Item>Reports that use it: {reports.slice(0, mostNamed).map(({ name }) => `“${name}”`).join(', ')}<More of={reports.length} /></List.Item>}
      {links.length > 0 && <List.Item>Links that lead to it go, too: {links.map(({ entityType, field }) => `${inWords(entityType)} ${field}`).join(', ')}</List.Item>}
      {children}
    </List>
  )
}

function named(things: { key: string; to: string; text: string }[]): ReactNode {
  return (
    <>
      {things.slice(0, mostNamed).map(({ key, to, text }, index) => <span key={key}>{index > 0 && ', '}<Anchor component={Link} to={to} inherit target="_blank">{text}</Anchor></span>)}
      <More of={things.length} />
    </>
  )
}

const More = ({ of }: { of: number }) => of > mostNamed && <Text span inherit c="dimmed"> and {(of - mostNamed).toLocaleString()} more</Text>
