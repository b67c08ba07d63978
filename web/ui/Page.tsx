/** The frame of every screen: title (the only h1), one line on what it is for, actions at the right. */
import { Anchor, Box, Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Boundary } from './Boundary.tsx'
import classes from './Page.module.css'

type PageProps = {
  title: string
  /** Beside the title: a status badge, a count. */
  mark?: ReactNode
  /** One line: what this page is for, or facts of the thing it shows. */
  about?: ReactNode
  back?: { to: string; title: string }
  action?: ReactNode
  /** Forms and texts read better narrow; lists want all there is. */
  width?: 'narrow' | 'wide'
  children: ReactNode
}

export function Page({ title, mark, about, back, action, width = 'wide', children }: PageProps) {
  useDocumentTitle(`${title} · Tidings`)
  return (
    <Box className={classes['page']} data-width={width}>
      {back && <Anchor component={Link} to={back.to} className={classes['back']} size="sm" data-no-print><IconChevronLeft size={16} aria-hidden />{back.title}</Anchor>}
      <header className={classes['head']}>
        <Box miw={0} flex="1 1 320px">
          <Group gap="sm" wrap="wrap"><Title order={1} className={classes['title']}>{title}</Title>{mark}</Group>
          {about && <Text component="div" size="sm" c="dimmed" mt={4}>{about}</Text>}
        </Box>
        {action && <Group gap="xs" className={classes['action']} data-no-print>{action}</Group>}
      </header>
      <Boundary>{children}</Boundary>
    </Box>
  )
}
