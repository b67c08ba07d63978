/** A moment for people who read it elsewhere than on a screen: in mails and notices. Pure. */
export const dateAndTime = (at: Date, timeZone: string): string => at.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' })

/** As a sentence names it, which is read where nobody knows in which time zone it speaks. */
export const timeInWords = (at: Date, timeZone: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at)} (${timeZone})`
