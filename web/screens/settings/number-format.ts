/** How the reader's locale groups digits: 1,000 or 1.000 or 1 000. */
export const groupSeparator = new Intl.NumberFormat().formatToParts(10_000).find(({ type }) => type === 'group')?.value ?? ''
