/** Where a form is. */
export const formUrl = (publicUrl: string, key: string): string => `${publicUrl}/s/${key}`
