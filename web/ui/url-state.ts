/** State that lives in the address, so that it can be shared and the Back button works. */
import { useSearchParams } from 'react-router'

/** One query parameter with a default that is left out of the address. Setting replaces the history entry. */
export function useUrlText(name: string, initial = ''): [string, (value: string) => void] {
  const [search, setSearch] = useSearchParams()
  const set = (value: string) => setSearch((before) => {
    const after = new URLSearchParams(before)
    if (value === initial) after.delete(name)
    else after.set(name, value)
    return after
  }, { replace: true })
  return [search.get(name) ?? initial, set]
}

/** The same for anything JSON can carry; what cannot be read is as if it were not there. */
export function useUrlJson<Value>(name: string, initial: Value): [Value, (value: Value | undefined) => void] {
  const [text, setText] = useUrlText(name)
  return [parsed(text, initial), (value) => setText(value === undefined ? '' : JSON.stringify(value))]
}

function parsed<Value>(text: string, initial: Value): Value {
  try {
    return text ? JSON.parse(text) as Value : initial
  } catch {
    return initial
  }
}
