/** Whether what is written is saved: "Saved 14:02", "Saving…", or what went wrong with a way to try again. */
import { Anchor, Text } from '@mantine/core'
import type { AutosaveState } from './autosave.ts'

export function SavedMark({ state, again }: { state: AutosaveState; again: () => void }) {
  if (state.kind === 'failed') {
    return (
      <Text size="sm" role="alert" c="var(--tidings-bad)">
        Not saved: {state.error instanceof Error ? state.error.message : 'unknown trouble'}{' '}
        <Anchor component="button" type="button" size="sm" onClick={again}>Try again</Anchor>
      </Text>
    )
  }
  return <Text size="sm" c="dimmed" aria-live="polite">{words(state)}</Text>
}

function words(state: Exclude<AutosaveState, { kind: 'failed' }>): string {
  if (state.kind !== 'saved') return 'Saving…'
  return state.at ? `Saved ${state.at.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })}` : 'Saved'
}
