/** Screens that the first run leads into lead back to it. */
import { useSearchParams } from 'react-router'
import { paths } from '../../paths.ts'

type Back = { to: string; title: string }

/** `from` of whoever came from the first run, to be handed on; else undefined. */
export const fromFirstRun = 'first-run'
export const useFrom = (): string | undefined => (useSearchParams()[0].get('from') === fromFirstRun ? fromFirstRun : undefined)

/** Where the first run goes on, for whoever came from there; else the usual way back. */
export const useWayBack = (usual: Back): Back => (useFrom() ? { to: paths.firstRun(), title: 'Back to the set-up' } : usual)
