/** Where to go after signing in: only paths of our own; `//elsewhere.example` and `https:` would lead away. */
import { paths } from '../../paths.ts'

export const localPath = (to: string | null): string => (to && /^\/[^/\\]/.test(to) ? to : paths.home())
