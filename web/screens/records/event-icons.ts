/** An icon for each thing that can happen to a message. */
import {
  type Icon, IconAlertTriangle, IconArrowBackUp, IconClick, IconEyeCheck, IconHelp, IconMailCheck, IconMailOff, IconMailX, IconMessageReply, IconPlayerSkipForward,
  IconUserPlus, IconX,
} from '@tabler/icons-react'
import type { LogEntry } from '../../../src/log/contract.ts'

export const eventIcons: Record<LogEntry['action'], Icon> = {
  sent: IconMailCheck, opened: IconEyeCheck, clicked: IconClick, optedOut: IconMailOff, optedIn: IconArrowBackUp, bounced: IconMailX,
  complained: IconAlertTriangle, replied: IconMessageReply, failed: IconX, skipped: IconPlayerSkipForward, uncertain: IconHelp, leadCreated: IconUserPlus,
}
