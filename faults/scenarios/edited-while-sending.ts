/** Template, link, audience, lists and names are edited while a mass email is on its way. */
import { Installation } from '../installation.ts'
import { readers } from '../letter.ts'
import { send, untilComplete } from '../mass-email.ts'
import { measure, type Scenario } from '../scenario.ts'
import { importContacts } from '../../test/servers/sending.ts'

export const editedWhileSending: Scenario = {
  name: 'edited-while-sending',
  promise: 'template, links and lists edited while it is on its way change nothing of what was frozen: the same people get the same letter',
  async run(place) {
    await using installation = await Installation.start(place)
    const { api, journal } = installation
    const massEmail = await send(api, { recipients: 3_000 })
    const edits = [
      () => api.patch(`/email-templates/${massEmail.templateId}`, { subject: 'Letter edited for {Person.firstName}', body: '<p>Something else</p>' }),
      () => api.patch(`/tracking-urls/${massEmail.trackingUrlId}`, { url: 'https://shop.example/another-offer' }),
      () => addPeople(installation, massEmail.targetListId),
      () => api.patch(`/campaigns/${massEmail.campaignId}`, { name: 'Renamed', targetListIds: [] }),
      () => api.patch(`/target-lists/${massEmail.targetListId}`, { name: 'Renamed as well' }),
    ]
    for (const [index, edit] of edits.entries()) {
      await journal.received(300 * (index + 1))
      await edit()
    }
    await untilComplete(api, massEmail)
    if (journal.entries.some(({ mark }) => mark !== massEmail.mark)) installation.found.push('A message was made of the edited template.')
    return await measure(installation, [massEmail])
  },
}

/** Who joins a list later is not in the audience. */
async function addPeople({ api }: Installation, targetListId: string): Promise<void> {
  const others = await importContacts(api, ['firstName', 'lastName', 'emailAddress'], readers(50, 'late').map(({ token, emailAddress }) => [token, 'Late', emailAddress]))
  await api.post(`/target-lists/${targetListId}/merge`, { targetListIds: [others] })
}
