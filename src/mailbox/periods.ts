/** Lengths of time in milliseconds. */
export const days = (count: number): number => count * 86_400_000
