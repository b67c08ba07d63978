/** Where to go after signing in: only paths of our own. */
import { isLocalPath } from '../../../src/access/contract.ts'
import { paths } from '../../paths.ts'

export const localPath = (to: string | null): string => (to && isLocalPath(to) ? to : paths.home())
