/** A new mass email: which campaign, which template. Everything else on its own page. */
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import * as api from '../../../src/campaign/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { type Pick, RecordPicker } from '../../ui/RecordPicker.tsx'

export function NewMassEmailScreen() {
  const navigate = useNavigate()
  const givenId = useSearchParams()[0].get('campaignId')
  const given = useLook(api.getCampaign, { params: { id: givenId ?? '' } }, { enabled: givenId !== null }).data
  const [chosen, setCampaign] = useState<Pick | null>()
  const [template, setTemplate] = useState<Pick | null>(null)
  const [name, setName] = useState('')
  const campaign = chosen === undefined ? given && { id: given.id, name: given.name } : chosen
  const create = useAction(api.createMassEmail, {
    refreshes: [api.listMassEmails, api.getCampaign, api.listCampaigns],
    done: ({ id }) => { void navigate(paths.massEmail(id), { replace: true }) },
  })
  const submit = () => create.mutate({
    body: { campaignId: campaign!.id, ...(template && { emailTemplateId: template.id }), ...((name.trim() || template) && { name: name.trim() || template!.name }) },
  })
  return (
    <Page title="New mass email" width="narrow" back={given ? { to: paths.campaign(given.id), title: given.name } : { to: paths.massEmails(), title: 'Mass Emails' }}>
      <Panel title="What is sent">
        <Stack>
          <RecordPicker label="Campaign" description="It says which target lists get it." required kind="campaigns" find={finder('campaigns')} value={campaign ?? null} onPick={setCampaign} />
          <RecordPicker label="Template" description="What they will read. It can be chosen later." kind="email-templates" find={finder('email-templates')} value={template} onPick={setTemplate} />
          <TextInput label="Name" description="Only you and your colleagues see it." placeholder={template?.name ?? 'The name of the template'} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <ErrorNote error={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => { void navigate(-1) }}>Cancel</Button>
            <ReasonButton reason={campaign ? undefined : 'Choose a campaign first.'} loading={create.isPending} onClick={submit}>Create draft</ReasonButton>
          </Group>
        </Stack>
      </Panel>
    </Page>
  )
}
