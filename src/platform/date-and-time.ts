/** A moment for people who read it elsewhere than on a screen: in mails and notices. Pure. */
export const dateAndTime = (at: Date, timeZone: string): string => at.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })
