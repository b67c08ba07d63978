/** On paper there is no dark mode: while the page is printed it is light. */
import { useEffect } from 'react'

const attribute = 'data-mantine-color-scheme'

export function usePrintedLight() {
  useEffect(() => {
    const root = document.documentElement
    let before: string | null = null
    const lighten = () => { before = root.getAttribute(attribute); root.setAttribute(attribute, 'light') }
    const restore = () => { if (before !== null) root.setAttribute(attribute, before) }
    addEventListener('beforeprint', lighten)
    addEventListener('afterprint', restore)
    return () => { removeEventListener('beforeprint', lighten); removeEventListener('afterprint', restore) }
  }, [])
}
