/** Paths of our own. Browsers drop tabs and line ends and read `\` as `/`, so that more than `//elsewhere.example` would lead away. */

export const isLocalPath = (path: string): boolean => /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)
