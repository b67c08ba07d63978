/** A moment, relative ("3 minutes ago", "in 2 hours"); the exact time on hover and focus. */
import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { exactTime, relativeTime } from './time.ts'

export function TimeAgo({ at, empty = '–' }: { at: string | null | undefined; empty?: string }) {
  const now = useNow(30_000)
  if (!at) return <span>{empty}</span>
  return <Tooltip label={exactTime(at)}><time dateTime={at} tabIndex={-1}>{relativeTime(at, now)}</time></Tooltip>
}

/** The clock, ticking: what shows time passes with it. */
export function useNow(everyMilliseconds: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMilliseconds)
    return () => clearInterval(timer)
  }, [everyMilliseconds])
  return now
}
