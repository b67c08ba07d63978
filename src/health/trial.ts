/** Whether an installation is only being tried out: its sender's domain is one that can never be anybody's. Pure. */

/** RFC 2606, RFC 6761, RFC 6762: no mail from outside ever comes to them, and public DNS knows nothing of them. */
const reserved = /(^|\.)(test|example|invalid|localhost|local|localdomain|internal|example\.(com|net|org))$/i

/** Without a domain nobody is mailed yet. */
export const isTrialDomain = (domain: string): boolean => domain === '' || !domain.includes('.') || reserved.test(domain)
