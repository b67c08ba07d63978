/** One line on each mail provider, for whoever has to choose. */
export const providerLines: Record<string, string> = {
  amazonSes: 'Large and cheap. Begins in a sandbox of its own.',
  googleWorkspace: 'Your company’s Gmail. About 2,000 a day.',
  microsoft365: 'Your company’s Outlook. 10,000 recipients a day.',
  mailgun: 'Made for programs that send much.',
  sendGrid: 'Made for programs that send much.',
  postmark: 'Strict about lists, good at arriving.',
  brevo: '300 a day without a plan.',
  plain: 'Any other: your own, or your host’s.',
}
