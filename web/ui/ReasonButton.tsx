/** A button that, while it cannot be used, says why: on hover, on focus and to screen readers. */
import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import type { MouseEvent, ReactNode } from 'react'

type ReasonButtonProps = ButtonProps & { type?: 'submit'; reason?: string | undefined; onClick: () => void; children: ReactNode }

/** With a reason it stays focusable (`aria-disabled`, not `disabled`), else nobody could learn the reason by keyboard. */
export function ReasonButton({ reason, onClick, children, ...props }: ReasonButtonProps) {
  if (!reason) return <Button {...props} onClick={onClick}>{children}</Button>
  return (
    <Tooltip label={reason} multiline maw={300}>
      <Button {...props} data-disabled aria-disabled aria-description={reason} onClick={(event: MouseEvent) => event.preventDefault()}>{children}</Button>
    </Tooltip>
  )
}
