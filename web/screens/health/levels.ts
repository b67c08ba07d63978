/** How a level looks and what it is called; what each check is called. */
import { type Icon, IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react'
import { checkTitles } from '../../../src/health/contract.ts'
import { inWords } from '../../ui/words.ts'

type Look = { color: string; word: string; overall: string; icon: Icon }

export const levelLooks: Record<'ok' | 'warning' | 'error' | 'unknown', Look> = {
  ok: { color: 'green', word: 'in order', overall: 'Everything is in order', icon: IconCircleCheck },
  warning: { color: 'lamp', word: 'look at it', overall: 'Nothing is broken just now, but look at this', icon: IconAlertTriangle },
  error: { color: 'red', word: 'mend it', overall: 'Something must be mended', icon: IconCircleX },
  unknown: { color: 'gray', word: 'not known', overall: 'Not known yet', icon: IconHelpCircle },
}

export const checkTitle = (code: string): string => (checkTitles as Record<string, string>)[code] ?? inWords(code)
