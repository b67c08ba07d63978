/** A share from 0 to 1 as a thin bar under its text; the bar is decoration, the text says it. */
import type { ReactNode } from 'react'
import classes from './ShareBar.module.css'

export function ShareBar({ share, color, children }: { share: number; color: string; children: ReactNode }) {
  return (
    <span className={classes['cell']}>
      {children}
      <span className={classes['track']} aria-hidden><span className={classes['bar']} style={{ width: `${Math.min(100, share * 100)}%`, background: color }} /></span>
    </span>
  )
}
