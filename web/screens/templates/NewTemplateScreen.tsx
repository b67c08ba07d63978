/** Choose what to begin with; a template is made of it at once and opens in the editor. */
import { SimpleGrid, Text, UnstyledButton } from '@mantine/core'
import { useNavigate } from 'react-router'
import * as api from '../../../src/content/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { StarterPicture } from './StarterPicture.tsx'
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

function StarterCard({ starter, busy, onChoose }: { starter: Starter; busy: boolean; onChoose: () => void }) {
  return (
    <UnstyledButton className={classes['card']} disabled={busy} onClick={onChoose}>
      <StarterPicture starter={starter} />
      <div className={classes['words']}><Text fw={600}>{starter.name}</Text><Text size="sm" c="dimmed">{starter.about}</Text></div>
    </UnstyledButton>
  )
}
