/** Messages a second as bars, ours between the limit and the usual way: an SVG that reads on light and dark pages. */
import type { Line } from './figure.ts'

type Bar = { label: string; value: number; ours: boolean }

const width = 760
const labelWidth = 250
const barHeight = 22
const rowHeight = 30

export function plot(lines: ReadonlyMap<string, Line>): string {
  const groups = [
    { title: 'Messages a second', bars: barsOf(lines, 'send', 'smtp-source -d (one fixed message)', 'nodemailer pool (one fixed message)') },
    { title: 'Messages a second, signed with RSA-2048', bars: barsOf(lines, 'sendSigned', 'openssl speed (signing alone)', 'nodemailer pool, signing') },
  ].filter(({ bars }) => bars.length > 0)
  let y = 10
  const parts = groups.map(({ title, bars }) => {
    const group = groupAt(y, title, bars)
    y += rowHeight * (bars.length + 1) + 16
    return group
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" role="img" aria-label="${groups.map(({ title, bars }) => `${title}: ${bars.map(words).join(', ')}`).join('. ')}">
<style>text{font:14px system-ui,sans-serif;fill:#333}.title{font-weight:600}.bar{fill:#aab4be}.ours{fill:#1c7ed6}@media(prefers-color-scheme:dark){text{fill:#ddd}.bar{fill:#5c6670}}</style>
${parts.join('\n')}
</svg>
`
}

function barsOf(lines: ReadonlyMap<string, Line>, name: string, limitLabel: string, peerLabel: string): Bar[] {
  const [beside, peer] = [lines.get(name), lines.get(`${name}BesideNodemailer`)]
  if (beside?.limit === undefined || peer?.limit === undefined) return []
  return [
    { label: limitLabel, value: beside.limit, ours: false },
    { label: 'Tidings (personal, full ledger)', value: beside.value, ours: true },
    { label: peerLabel, value: peer.limit, ours: false },
  ]
}

function groupAt(y: number, title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value))
  const rows = bars.map((bar, index) => {
    const top = y + rowHeight * (index + 1)
    const length = Math.max(1, Math.round((bar.value / most) * (width - labelWidth - 90)))
    return `<text x="0" y="${top + 16}">${bar.label}</text><rect class="${bar.ours ? 'ours' : 'bar'}" x="${labelWidth}" y="${top}" width="${length}" height="${barHeight}" rx="3"/>`
      + `<text x="${labelWidth + length + 8}" y="${top + 16}">${bar.value.toLocaleString('en')}</text>`
  })
  return `<text class="title" x="0" y="${y + 16}">${title}</text>\n${rows.join('\n')}`
}

const words = ({ label, value }: Bar) => `${label} ${value.toLocaleString('en')}`
