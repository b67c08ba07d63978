/** What the mails say that let people in. Text alone: every mail program makes a link of an address. Pure. */
type Letter = { subject: string; text: string }
type Place = { url: string; companyName: string }

const nameOf = (companyName: string) => (companyName ? `Tidings at ${companyName}` : 'Tidings')

const lines = (...paragraphs: string[]) => `${paragraphs.join('\n\n')}\n`

export const resetLetter = ({ url, companyName, userName }: Place & { userName: string }): Letter => ({
  subject: `A new password for ${nameOf(companyName)}`,
  text: lines(
    `Somebody asked for a new password for ${userName}. If it was you, set it here within an hour:`, url,
    'If it was not you, there is nothing to do: your password stays as it is.'),
})

export const invitationLetter = ({ url, companyName, invitedBy, days }: Place & { invitedBy: string; days: number }): Letter => ({
  subject: `You are invited to ${nameOf(companyName)}`,
  text: lines(
    `${invitedBy} invites you to ${nameOf(companyName)}. Choose your name and a password here within ${days} days:`, url,
    'If you do not know what this is about, there is nothing to do.'),
})
