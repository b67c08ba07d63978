/** What types of fields have in common, for server and web alike. Pure. */
export const isNumber = (type: string): boolean => type === 'integer' || type === 'decimal' || type === 'currency'
export const isTime = (type: string): boolean => type === 'date' || type === 'dateTime'
