/** One captured mail: as its reader would see it, its text part, source, headers and links. */
import { Anchor, Group, Text } from '@mantine/core'
import { useParams } from 'react-router'
import * as api from '../../../src/sandbox/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { MailParts } from '../../ui/MailParts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import classes from './SandboxMessageScreen.module.css'

export function SandboxMessageScreen() {
  const id = useParams()['id']!
  const message = useRead(api.getSandboxMessage, { params: { id } })
  const { subject, from, to, receivedAt } = message
  return (
    <Page title={subject || '(no subject)'} back={{ to: paths.sandbox(), title: 'Sandbox' }}
      about={<Group gap="xs"><span>{from} to {to}</span><span>·</span><TimeAgo at={receivedAt} /></Group>}>
      <MailParts mail={message} more={[
        { key: 'links', title: 'Links', mark: <Text span size="xs" c="dimmed">{message.links.length}</Text>, content: <Links links={message.links} /> },
        { key: 'headers', title: 'Headers', content: <Headers message={message} /> },
      ]} />
    </Page>
  )
}

function Links({ links }: { links: string[] }) {
  if (links.length === 0) return <Panel title="Links"><Empty>There is no link in this mail.</Empty></Panel>
  return (
    <Panel title="Links" about="They work: opening one counts as if the reader had.">
      <ul className={classes['links']}>
        {links.map((link) => <li key={link}><Anchor href={link} target="_blank" rel="noreferrer" size="sm">{link}</Anchor></li>)}
      </ul>
    </Panel>
  )
}

function Headers({ message: { headers, envelopeFrom, envelopeTo } }: { message: api.SandboxMessage }) {
  const rows = [{ name: 'MAIL FROM', value: envelopeFrom || '<>' }, { name: 'RCPT TO', value: envelopeTo }, ...headers]
  return (
    <Panel title="Envelope and headers">
      <table className={classes['headers']}>
        <tbody>{rows.map(({ name, value }, index) => <tr key={`${name}${index}`}><th scope="row">{name}</th><td>{value}</td></tr>)}</tbody>
      </table>
    </Panel>
  )
}
