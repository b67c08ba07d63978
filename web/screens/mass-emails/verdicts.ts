/** What each verdict on a candidate means, in the words of the screens; in the order in which verdicts are decided. */
export type VerdictText = { name: string; why: string }

export const verdictTexts: Record<string, VerdictText> = {
  excludedRecord: { name: 'In an excluding list', why: 'The record itself is a member of an excluding list.' },
  noAddress: { name: 'No address', why: 'There is no email address to write to.' },
  malformedAddress: { name: 'Malformed address', why: 'What stands in the address field is not an email address.' },
  excludedAddress: { name: 'Address excluded', why: 'The same address belongs to a member of an excluding list.' },
  complained: { name: 'Complained', why: 'Reported an earlier mail as spam.' },
  optedOutOfList: { name: 'Opted out of the list', why: 'Opted out of every list of this mass email it is in.' },
  optedOutEntirely: { name: 'Opted out entirely', why: 'Wants no mass email from you at all.' },
  invalidAddress: { name: 'Invalid address', why: 'A mail to this address came back for good.' },
  softBounced: { name: 'Bounced repeatedly', why: 'Several mails to this address came back within a short time.' },
  doNotEmail: { name: 'Do not email', why: 'A record with this address is marked “Do not email”.' },
  inactiveUser: { name: 'Inactive user', why: 'The user may not sign in any more.' },
  notReadable: { name: 'Not readable', why: 'You may not read these records, so they are counted and not named.' },
  notMailable: { name: 'Not mailable', why: 'Their entity type is no longer related to target lists.' },
  duplicateAddress: { name: 'Duplicate address', why: 'Another record with the same address gets it already.' },
  included: { name: 'Will get it', why: 'Nothing speaks against it.' },
}

/** The verdict in words; one this version of the web does not know yet is shown as its code. */
export const verdictText = (code: string): VerdictText => verdictTexts[code] ?? { name: code, why: '' }
