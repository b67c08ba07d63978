/** Keeps trouble and waiting where they belong: a skeleton while its content loads, a note when it fails; the rest of the page stays. */
import { Skeleton, Stack } from '@mantine/core'
import { QueryErrorResetBoundary } from '@tanstack/react-query'
import { Component, type ReactNode, Suspense } from 'react'
import { ErrorNote } from './ErrorNote.tsx'

class Catch extends Component<{ reset: () => void; children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown }
  static getDerivedStateFromError = (error: unknown) => ({ error })
  again = () => { this.props.reset(); this.setState({ error: undefined }) }
  override render = () => (this.state.error ? <ErrorNote error={this.state.error} again={this.again} /> : this.props.children)
}

export function Boundary({ children, waiting }: { children: ReactNode; waiting?: ReactNode }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => <Catch reset={reset}><Suspense fallback={waiting ?? <Waiting />}>{children}</Suspense></Catch>}
    </QueryErrorResetBoundary>
  )
}

export function Waiting({ lines = 4 }: { lines?: number }) {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => <Skeleton key={line} height={18} width={`${95 - ((line * 17) % 40)}%`} />)}
    </Stack>
  )
}
