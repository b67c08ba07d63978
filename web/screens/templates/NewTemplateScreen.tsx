/** Choose what to begin with; a template is made of it at once and opens in the editor. */
import { SimpleGrid, Text, UnstyledButton } from '@mantine/core'
import { useNavigate } from 'react-router'
import * as api from '../../../src/content/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { type Starter, starters } from './starters/starters.ts'
import classes from './NewTemplateScreen.module.css'

export function NewTemplateScreen() {
  const navigate = useNavigate()
  const create = useAction(api.createEmailTemplate, {
    refreshes: [api.listEmailTemplates],
    done: ({ id }) => { void navigate(paths.template(id), { replace: true }) },
  })
  const begin = ({ name, subject, format, body }: Starter) => create.mutate({ body: { name: `New ${name.toLowerCase()}`, subject, format, body } })
  return (
    <Page title="New template" about="Choose what to begin with. Everything in it can be changed." back={{ to: paths.templates(), title: 'Templates' }}>
      <ErrorNote error={create.error} />
      <SimpleGrid minColWidth="260px" spacing="md">
        {starters.map((starter) => <StarterCard key={starter.key} starter={starter} busy={create.isPending} onChoose={() => begin(starter)} />)}
      </SimpleGrid>
    </Page>
  )
}

function StarterCard({ starter: { name, about, format, body }, busy, onChoose }: { starter: Starter; busy: boolean; onChoose: () => void }) {
  return (
    <UnstyledButton className={classes['card']} disabled={busy} onClick={onChoose}>
      <div className={classes['sheet']} aria-hidden>
        {format === 'html'
          ? <iframe title={name} srcDoc={filled(body)} sandbox="" tabIndex={-1} className={classes['frame']} />
          : <pre className={classes['plain']}>{filled(body)}</pre>}
      </div>
      <div className={classes['words']}><Text fw={600}>{name}</Text><Text size="sm" c="dimmed">{about}</Text></div>
    </UnstyledButton>
  )
}

/** Placeholders as somebody would read them, for the small picture only. */
const filled = (body: string) => body
  .replace(/\{Person\.firstName\|[^}]*\}/g, 'Anna').replace('{User.name}', 'Ben').replace('{companyAddress}', 'Your company, street and city')
