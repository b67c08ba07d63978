/** The pre-flight checks: what is in order, what to look at, what stops it, and what to do about each. */
import { Checkbox, Group, Stack, Text, ThemeIcon } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconHelp, IconX } from '@tabler/icons-react'
import { inWords } from '../../ui/words.ts'
import type { Check } from './preflight-checks.ts'

type PreflightListProps = {
  checks: Check[]
  /** Codes of errors that the user takes upon themselves by name; without `onOverride` nothing can be overridden here. */
  override?: Overridable[]
  onOverride?: (codes: Overridable[]) => void
}

/** The only errors a person may override, each by name. */
const overridable = ['optOutLinkMissing', 'publicUrlNotHttps', 'fromNotAuthenticated'] as const
export type Overridable = (typeof overridable)[number]
const mayOverride = (code: string): code is Overridable => (overridable as readonly string[]).includes(code)

const looks = {
  error: { icon: IconX, color: 'red', word: 'Error' },
  warning: { icon: IconAlertTriangle, color: 'lamp', word: 'Warning' },
  unknown: { icon: IconHelp, color: 'gray', word: 'Not known' },
  ok: { icon: IconCheck, color: 'green', word: 'OK' },
} as const
const levels = Object.keys(looks)

export function PreflightList({ checks, override = [], onOverride }: PreflightListProps) {
  const worstFirst = checks.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
  const toggle = (code: Overridable) => onOverride?.(override.includes(code) ? override.filter((one) => one !== code) : [...override, code])
  return (
    <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Pre-flight checks">
      {worstFirst.map((check) => (
        <li key={check.code}>
          <CheckRow check={check} />
          {onOverride && mayOverride(check.code) && (check.level === 'error' || override.includes(check.code)) && <Override code={check.code} chosen={override} onToggle={toggle} />}
        </li>
      ))}
    </Stack>
  )
}

const Override = ({ code, chosen, onToggle }: { code: Overridable; chosen: Overridable[]; onToggle: (code: Overridable) => void }) => (
  <Checkbox ml={34} mt={4} size="xs" checked={chosen.includes(code)} onChange={() => onToggle(code)} label="Send all the same. I know what it means." />
)

function CheckRow({ check: { code, level, message, advice } }: { check: Check }) {
  const { icon: Icon, color, word } = looks[level]
  return (
    <Group gap={10} wrap="nowrap" align="flex-start">
      <ThemeIcon size={24} radius="xl" variant="light" color={color} role="img" aria-label={word}><Icon size={14} /></ThemeIcon>
      <div>
        <Text size="sm">{message || inWords(code)}</Text>
        {level !== 'ok' && advice && <Text size="xs" c="dimmed">{advice}</Text>}
      </div>
    </Group>
  )
}
