/** A time as a sentence names it, in the time zone of the installation. Pure. */

export const timeInWords = (at: Date, timeZone: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at)} (${timeZone})`
