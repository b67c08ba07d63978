/** How many a minute, judged from what this page saw; null until it saw enough. */
import { useEffect, useState } from 'react'
import { type Sample, ratePerMinute, withSample } from '../mass-emails/pace.ts'

const sampleEveryMilliseconds = 2_000

export function useRate(settled: number): number | null {
  const [samples, setSamples] = useState<readonly Sample[]>([])
  useEffect(() => {
    const note = () => setSamples((before) => withSample(before, { at: Date.now(), settled }))
    const timer = setInterval(note, sampleEveryMilliseconds)
    return () => clearInterval(timer)
  }, [settled])
  return ratePerMinute(samples)
}
