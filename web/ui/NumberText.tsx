/** A number with the separators of the reader's locale; an estimate says so; links to what it counts when it can. */
import { Anchor, Text } from '@mantine/core'
import { Link } from 'react-router'

export function NumberText({ value, estimate = false, to }: { value: number; estimate?: boolean; to?: string | undefined }) {
  const text = `${estimate ? 'about ' : ''}${value.toLocaleString()}`
  return to
    ? <Anchor component={Link} to={to} className="numbers" inherit underline="always" style={{ textUnderlineOffset: 3, textDecorationColor: 'var(--tidings-line)' }}>{text}</Anchor>
    : <Text span inherit className="numbers">{text}</Text>
}

/** 0.1234 → `12.3 %` in the locale; nothing to divide by is a dash. */
export const share = (part: number, whole: number) =>
  whole > 0 ? (part / whole).toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 }) : '–'
