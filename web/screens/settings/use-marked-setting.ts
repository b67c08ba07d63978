/** Search leads here with `?setting=KEY`: that field is shown, marked and focused. */
import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { fieldId } from './setting-fields.tsx'

export function useMarkedSetting(): void {
  const [search] = useSearchParams()
  const key = search.get('setting')
  useEffect(() => {
    const field = key === null ? null : document.getElementById(fieldId(key))
    if (!field) return
    const place = field.closest<HTMLElement>('.mantine-InputWrapper-root, .mantine-Switch-root, [data-setting]') ?? field
    place.dataset['marked'] = ''
    place.scrollIntoView({ block: 'center' })
    const focusable = field.matches('input, textarea, button') ? field : field.querySelector<HTMLElement>('input:checked, input')
    focusable?.focus({ preventScroll: true })
    return () => { delete place.dataset['marked'] }
  }, [key])
}
