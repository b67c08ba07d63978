/** What each check means for mail, in a sentence: why somebody should mind. Data only. */
import type { CheckCode } from './codes.ts'

export const meanings: Record<CheckCode, string> = {
  smtp: 'Mail leaves by these servers. By one that does not let us in nothing leaves.',
  scheduler: 'The scheduler starts everything that happens by itself. Without it no mass email starts and no mailbox is read.',
  jobSendMassEmails: 'This job starts mass emails when their time comes and gives out the portions.',
  portion: 'No more than this leaves in any hour. What is over waits for the next portion.',
  window: 'Mass email leaves only in these hours. What is due outside of them waits.',
  massEmails: 'Mass emails that do not go on although somebody may think that they do, and whether a process is there that sends them.',
  siteUrl: 'People sign in here, and links in notices and reports lead here.',
  publicUrl: 'Links, opt-outs and images of every mail lead here. If it cannot be reached, readers cannot opt out and clicks are lost.',
  spf: 'Receivers ask this record whether the server that brings our mail may do so.',
  dkim: 'Receivers check our signature against this record: with it they know that the mail is ours and unchanged.',
  dmarc: 'Receivers learn here what to do with mail that only pretends to be ours. Large providers want it from whoever sends much.',
  ptr: 'Receivers look up the name of the machine that brings the mail. Many refuse one that has none, or whose name does not lead back.',
  bounceMailbox: 'Only what is read is known: dead addresses, complaints and opt-outs by mail.',
  jobCheckGroupEmailAccounts: 'This job reads the mailboxes of group email accounts.',
  mx: 'Other servers send bounces to where this record leads.',
  bounceLoop: 'The whole way at once: a mail to an address that cannot exist, its bounce, and that we know whose it is.',
  database: 'Everything is kept here: people, mass emails and how far they are.',
  disk: 'When the disk is full the database stops, and sending with it.',
  clock: 'Date Start, portions and windows go by the database\'s clock; people look at this machine\'s.',
}
