/** What a starter looks like, small: for whoever chooses one. */
import type { Starter } from './starters/starters.ts'
import classes from './NewTemplateScreen.module.css'

export function StarterPicture({ starter: { name, format, body } }: { starter: Starter }) {
  return (
    <div className={classes['sheet']} aria-hidden>
      {format === 'html'
        ? <iframe title={name} srcDoc={filled(body)} sandbox="" tabIndex={-1} className={classes['frame']} />
        : <pre className={classes['plain']}>{filled(body)}</pre>}
    </div>
  )
}

/** Placeholders as somebody would read them, for the small picture only. */
const filled = (body: string) => body
  .replace(/\{Person\.firstName\|[^}]*\}/g, 'Anna').replace('{User.name}', 'Ben').replace('{companyAddress}', 'Your company, street and city')
