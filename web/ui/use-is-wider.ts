/** Whether what stands in an element is wider than the element: it must scroll sideways then. */
import { useCallback, useState } from 'react'

export function useIsWiderThanItsPlace(): [(element: HTMLElement | null) => (() => void) | undefined, boolean] {
  const [wide, setWide] = useState(false)
  const watch = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const look = () => setWide(element.scrollWidth > element.clientWidth + 1)
    const observer = new ResizeObserver(look)
    observer.observe(element)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  return [watch, wide]
}
