/** One captured mail: as its reader would see it, its text part, source, headers and links. */
import { Anchor, Group, Text } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useParams } from 'react-router'
import * as api from '../../../src/sandbox/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EmailFrame } from '../../ui/EmailFrame.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { UrlTabs } from '../../ui/UrlTabs.tsx'
import classes from './SandboxMessageScreen.module.css'

export function SandboxMessageScreen() {
  const id = useParams()['id']!
  const message = useRead(api.getSandboxMessage, { params: { id } })
  const { subject, from, to, receivedAt } = message
  return (
    <Page title={subject || '(no subject)'} back={{ to: paths.sandbox(), title: 'Sandbox' }}
      about={<Group gap="xs"><span>{from} to {to}</span><span>·</span><TimeAgo at={receivedAt} /></Group>}>
      <UrlTabs name="part" tabs={[
        { key: 'rendered', title: 'As it looks', content: <Rendered message={message} /> },
        { key: 'text', title: 'Text', content: <Source title="Text part" text={message.text ?? 'This mail has no text part.'} /> },
        { key: 'links', title: 'Links', mark: <Text span size="xs" c="dimmed">{message.links.length}</Text>, content: <Links links={message.links} /> },
        { key: 'headers', title: 'Headers', content: <Headers message={message} /> },
        { key: 'source', title: 'Source', content: <Source title="Source" text={message.raw} /> },
      ]} />
    </Page>
  )
}

function Rendered({ message: { html, text, subject } }: { message: api.SandboxMessage }) {
  if (html) return <EmailFrame title={`The mail “${subject}”`} html={html} height="72vh" />
  return text ? <Source title="Text part" text={text} /> : <Empty icon={IconFileText}>This mail has no text.</Empty>
}

const Source = ({ title, text }: { title: string; text: string }) => (
  <Panel title={title} action={<CopyButton what={title.toLowerCase()} value={text} />}>
    <pre className={classes['source']} tabIndex={0} aria-label={title}>{text}</pre>
  </Panel>
)

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
