/** Shows an email as it would look, in a frame where nothing of it can run, navigate or reach us. */
import { Box } from '@mantine/core'

type EmailFrameProps = { html: string; title: string; width?: number | string; height?: number | string; dark?: boolean; /** Its links open nothing. */ still?: boolean }

const darkening = '<style>:root{color-scheme:dark;background:#14181a;color:#e4e8e9}</style>'
const base = '<base target="_blank"><meta name="referrer" content="no-referrer">'

/** `sandbox` without allow-scripts and allow-same-origin: no script runs and the content has an origin of its own. Links open outside. */
export function EmailFrame({ html, title, width = '100%', height = 640, dark = false, still = false }: EmailFrameProps) {
  return (
    <Box style={{ width, maxWidth: '100%', height, margin: '0 auto', background: dark ? '#14181a' : '#fff', borderRadius: 8, overflow: 'hidden', border: '1px solid var(--tidings-line)' }}>
      <iframe
        title={title} srcDoc={documentOf(html, dark ? 'dark' : 'light')} sandbox={still ? '' : 'allow-popups allow-popups-to-escape-sandbox'}
        referrerPolicy="no-referrer" style={{ width: '100%', height: '100%', border: 0, colorScheme: dark ? 'dark' : 'light' }}
      />
    </Box>
  )
}

/** The doctype stays first, else the browser would show the mail as one of 1998. */
function documentOf(html: string, scheme: 'dark' | 'light'): string {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? ''
  return `${doctype}${base}<meta name="color-scheme" content="${scheme}">${scheme === 'dark' ? darkening : ''}${inScheme(html.slice(doctype.length), scheme)}`
}

/** Browsers ask the reader's system, not the frame, which scheme is preferred; so the mail's own question is answered here: always, or never. */
const inScheme = (html: string, scheme: 'dark' | 'light') =>
  html.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, asked: string) => (asked.toLowerCase() === scheme ? '(min-width: 0)' : '(max-width: 0)'))
