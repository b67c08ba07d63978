/** Codes of single providers, which say more than the words around them. Met before anything else, on the words as they were written. */
import type { Cause } from './causes.ts'

export type ProviderRule = { name: string; cause: Cause; says: RegExp; why: string }

export const providerRules: readonly ProviderRule[] = [
  {
    name: 'Gmail, no such user', cause: 'userUnknown', why: 'the help page that Gmail links to names the reason',
    says: /[?&]p=NoSuchUser\b/i,
  },
  { name: 'Gmail, disabled user', cause: 'suspended', says: /[?&]p=DisabledUser\b/i, why: 'as above' },
  { name: 'Gmail, full', cause: 'mailboxFull', says: /[?&]p=OverQuota(?:Temp|Perm)?\b/i, why: 'as above' },
  { name: 'Gmail, pace', cause: 'rateLimited', says: /[?&]p=(?:ReceivingRate|RateLimit|ReceivingRatePerm)\b/i, why: 'as above' },
  { name: 'Gmail, origin', cause: 'authentication', says: /[?&]p=(?:DmarcRejection|UnauthenticatedMessage)\b/i, why: 'as above' },
  {
    name: 'Microsoft 365, edge blocking', cause: 'userUnknown', says: /5\.4\.1 .{0,80}recipient address rejected: access denied/is,
    why: 'directory-based edge blocking answers 5.4.1 for a recipient that the directory does not have',
  },
  {
    name: 'Microsoft, blocked host', cause: 'blocked', why: 'codes of the sender support pages of Outlook.com',
    says: /\b(?:S3140|S3150|OU-00[12]|SC-00[1-4]|DY-00[12]|AS\(\d{3,5}\))/,
  },
  {
    name: 'page of a block list', cause: 'blocked', why: 'whoever links to it has looked the sending host up',
    says: /(?:spamhaus|spamcop|sorbs|barracudacentral|abuseat|mailspike|spamrats|uceprotect|invaluement)\.(?:org|net|com)/i,
  },
  { name: 'Yahoo, deferred host', cause: 'blocked', says: /\[(?:TSS?\d\d|BL\d\d|GL\d\d)\]/, why: 'codes of the sender pages of Yahoo' },
]
