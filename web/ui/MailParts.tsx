/** A mail taken apart, in tabs: as it looks, its text part, whatever the screen adds, its source. */
import { IconFileText } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { CopyButton } from './CopyButton.tsx'
import { EmailFrame } from './EmailFrame.tsx'
import { Empty } from './Empty.tsx'
import { Panel } from './Panel.tsx'
import { UrlTabs } from './UrlTabs.tsx'
import classes from './MailParts.module.css'

type Mail = { subject: string; html: string | null; text: string | null; raw: string }
type MoreTab = { key: string; title: string; mark?: ReactNode; content: ReactNode }

export const MailParts = ({ mail, more = [] }: { mail: Mail; more?: MoreTab[] }) => (
  <UrlTabs name="part" tabs={[
    { key: 'rendered', title: 'As it looks', content: <Rendered mail={mail} /> },
    { key: 'text', title: 'Text', content: <Source title="Text part" text={mail.text ?? 'This mail has no text part.'} /> },
    ...more,
    { key: 'source', title: 'Source', content: <Source title="Source" text={mail.raw} /> },
  ]} />
)

function Rendered({ mail: { html, text, subject } }: { mail: Mail }) {
  if (html) return <EmailFrame title={`The mail “${subject}”`} html={html} height="72vh" />
  return text ? <Source title="Text part" text={text} /> : <Empty icon={IconFileText}>This mail has no text.</Empty>
}

const Source = ({ title, text }: { title: string; text: string }) => (
  <Panel title={title} action={<CopyButton what={title.toLowerCase()} value={text} />}>
    <pre className={classes['source']} tabIndex={0} aria-label={title}>{text}</pre>
  </Panel>
)
