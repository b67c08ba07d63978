/** A part of a page with its own heading: loads, fails and (if asked) folds by itself. */
import { ActionIcon, Box, Collapse, Group, Paper, Title } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { Boundary } from './Boundary.tsx'
import classes from './Panel.module.css'

type PanelProps = {
  title: string
  about?: ReactNode
  action?: ReactNode
  /** A name to remember by whether this person folded it; without one it cannot be folded. */
  foldsAs?: string
  /** No inner space: for tables that reach the edges. */
  flush?: boolean
  /** The title is only for screen readers: when the page says it already. */
  hideTitle?: boolean
  children: ReactNode
}

export function Panel({ title, about, action, foldsAs, flush = false, hideTitle = false, children }: PanelProps) {
  const [folded, setFolded] = useLocalStorage({ key: `tidings-folded-${foldsAs ?? ''}`, defaultValue: false })
  const id = useId()
  const open = !(foldsAs && folded)
  return (
    <Paper component="section" withBorder className={classes['panel']} aria-labelledby={id}>
      <header className={hideTitle ? undefined : classes['head']}>
        <Group gap={4} wrap="nowrap" miw={0}>
          {foldsAs && (
            <ActionIcon size="sm" aria-expanded={open} aria-label={`${open ? 'Fold' : 'Unfold'} ${title}`} onClick={() => setFolded(open)}>
              <IconChevronDown size={16} className={classes['arrow']} data-open={open} />
            </ActionIcon>
          )}
          <Title order={2} id={id} className={hideTitle ? classes['hidden'] : undefined}>{title}</Title>
        </Group>
        {action && <Group gap="xs">{action}</Group>}
      </header>
      {about && open && <Box className={classes['about']}>{about}</Box>}
      <Collapse expanded={open}><div className={flush ? classes['flush'] : classes['body']}><Boundary>{children}</Boundary></div></Collapse>
    </Paper>
  )
}
