/** Every scenario, in the order in which they are run. One file each in scenarios/. */
import type { Scenario } from './scenario.ts'
import { badRecipient } from './scenarios/bad-recipient.ts'
import { clockJumps } from './scenarios/clock-jumps.ts'
import { connectionCap } from './scenarios/connection-cap.ts'
import { databaseKilled } from './scenarios/database-killed.ts'
import { databaseUnreachable } from './scenarios/database-unreachable.ts'
import { diskFull } from './scenarios/disk-full.ts'
import { editedWhileSending } from './scenarios/edited-while-sending.ts'
import { endlessReplies } from './scenarios/endless-replies.ts'
import { frozenProcess } from './scenarios/frozen-process.ts'
import { greylisting } from './scenarios/greylisting.ts'
import { hourLimit } from './scenarios/hour-limit.ts'
import { killAtPoints } from './scenarios/kill-at-points.ts'
import { killAtRandom } from './scenarios/kill-at-random.ts'
import { killWhileFreezing } from './scenarios/kill-while-freezing.ts'
import { lostAfterDot } from './scenarios/lost-after-dot.ts'
import { noWhileClaimed } from './scenarios/no-while-claimed.ts'
import { ownDatabaseKilled } from './scenarios/own-database-killed.ts'
import { poisonRecipient } from './scenarios/poison-recipient.ts'
import { pressedFiveTimes } from './scenarios/pressed-five-times.ts'
import { sendersComeAndGo } from './scenarios/senders-come-and-go.ts'
import { slowReplies } from './scenarios/slow-replies.ts'
import { smtp421 } from './scenarios/smtp-421.ts'
import { stopMidway } from './scenarios/stop-midway.ts'
import { tarPit } from './scenarios/tar-pit.ts'
import { tlsLost } from './scenarios/tls-lost.ts'
import { wrongPassword } from './scenarios/wrong-password.ts'

export const scenarios: readonly Scenario[] = [
  killAtRandom, killAtPoints, killWhileFreezing, stopMidway, sendersComeAndGo, frozenProcess, databaseKilled,
  ownDatabaseKilled, databaseUnreachable, diskFull, smtp421, lostAfterDot, slowReplies, endlessReplies, greylisting,
  badRecipient, poisonRecipient, tarPit, connectionCap, wrongPassword, tlsLost, pressedFiveTimes, editedWhileSending,
  noWhileClaimed, hourLimit, clockJumps,
]
