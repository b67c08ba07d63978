/** The mark of Tidings: two tide lines and a lamp; with or without the name. */
import { Group, Text } from '@mantine/core'

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#136c6e" />
      <path d="M6 11.5c3.3 0 3.3 3 6.6 3s3.4-3 6.7-3 3.4 3 6.7 3" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M6 18c3.3 0 3.3 3 6.6 3s3.4-3 6.7-3" fill="none" stroke="#a5d6d2" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="24.6" cy="20.6" r="2.4" fill="#ffb86b" />
    </svg>
  )
}

export const Logo = ({ size = 28 }: { size?: number }) => (
  <Group gap={10} wrap="nowrap"><Mark size={size} /><Text span fw={700} fz={size * 0.64} lh={1} style={{ letterSpacing: '-0.02em' }}>Tidings</Text></Group>
)
