/** Time zones a person may choose from; the browser knows them. */
export const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
export const timeZones = (): string[] => [...new Set(['UTC', ownTimeZone(), ...Intl.supportedValuesOf('timeZone')])]
