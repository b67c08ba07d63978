/** The eight figures of a campaign or a mass email: people's in large, machines' in grey, rates over what was delivered, and how that was before. */
import { SimpleGrid } from '@mantine/core'
import type { Figures } from '../../../src/log/contract.ts'
import { getOutboundEmails } from '../../../src/settings/contract.ts'
import { useLook } from '../../api/client.ts'
import { useIsAdministrator } from '../../api/session.ts'
import { share } from '../../ui/NumberText.tsx'
import { Tile } from '../../ui/Tile.tsx'
import type { LogAction } from './log-actions.ts'
import { TrendMark } from './TrendMark.tsx'
import { bounced, type Rate, trendOf } from './trend.ts'

type FigureTilesProps = { figures: Figures; logOf: (action: LogAction) => string; before?: Figures | undefined }

export function FigureTiles({ figures, logOf, before }: FigureTilesProps) {
  const { sent, delivered, opened, clicked, clicks, optedOut, optedIn, bouncedHard, replied, complained, machine } = figures
  const untracked = useOpensUntracked()
  const trend = (rate: Rate) => before && <TrendMark trend={trendOf(figures, before, rate)} />
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, xl: 8 }} spacing="sm">
      <Tile label="Sent" value={sent} hint={unsent(figures)} trend={trend('sent')} to={logOf('sent')} />
      <Tile label="Delivered" value={delivered} hint={share(delivered, sent)} trend={trend('delivered')} to={logOf('sent')} />
      <Tile label="Opened" value={opened} hint={untracked && opened === 0 ? 'Not tracked' : share(opened, delivered)} trend={trend('opened')} machine={machine.opened} to={logOf('opened')} />
      <Tile label="Clicked" value={clicked} hint={`${share(clicked, delivered)}${clicks > clicked ? ` · ${clicks.toLocaleString()} clicks` : ''}`} trend={trend('clicked')} machine={machine.clicked} to={logOf('clicked')} />
      <Tile label="Opted out" value={optedOut} hint={`${share(optedOut, delivered)}${optedIn > 0 ? ` · ${optedIn.toLocaleString()} came back` : ''}`} trend={trend('optedOut')} to={logOf('optedOut')} />
      <Tile label="Bounced" value={bounced(figures)} hint={bouncedIn(figures)} trend={trend('bounced')} tone={tone(bouncedHard, sent, 0.02, 0.05)} to={logOf('bounced')} />
      <Tile label="Replied" value={replied} hint={share(replied, delivered)} trend={trend('replied')} to={logOf('replied')} />
      <Tile label="Complained" value={complained} hint={share(complained, delivered)} trend={trend('complained')} tone={tone(complained, delivered, 0.001, 0.003)} to={logOf('complained')} />
    </SimpleGrid>
  )
}

/** No opens without the pixel. Only administrators may read that setting. */
function useOpensUntracked(): boolean {
  const administrator = useIsAdministrator()
  return useLook(getOutboundEmails, {}, { enabled: administrator }).data?.openTracking === false
}

const bouncedIn = ({ sent, bouncedHard, bouncedSoft }: Figures) =>
  `${share(bouncedHard + bouncedSoft, sent)}${bouncedHard + bouncedSoft > 0 ? ` · ${bouncedHard.toLocaleString()} hard, ${bouncedSoft.toLocaleString()} soft` : ''}`

const unsent = ({ failed, skipped, uncertain }: Figures) =>
  [[failed, 'failed'], [skipped, 'skipped'], [uncertain, 'unknown']].filter(([count]) => Number(count) > 0)
    .map(([count, word]) => `${count!.toLocaleString()} ${word}`).join(' · ')

/** From `warning` on mailbox providers frown, from `bad` on they block. A handful of mails proves nothing. */
const tone = (count: number, whole: number, warning: number, bad: number) =>
  count < 3 || whole === 0 ? 'plain' : count / whole >= bad ? 'bad' : count / whole >= warning ? 'warning' : 'plain'
