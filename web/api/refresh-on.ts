/** Reads everything on the screen again when something turned: the panels of a page are asked at different moments, and the last look must not be the one before the end. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

/** `value`: whatever tells that the world moved on, e.g. the statuses of a campaign's mass emails; undefined while it is not known. */
export function useRefreshOn(value: string | undefined): void {
  const client = useQueryClient()
  const seen = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (value === undefined || value === seen.current) return
    seen.current = value
    void client.invalidateQueries({ refetchType: 'active' })
  }, [client, value])
}
