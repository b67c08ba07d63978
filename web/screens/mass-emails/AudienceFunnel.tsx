/** The audience from "in lists" down to "will get it": how many fall out at each step, and why. Every number opens its people. */
import { Text } from '@mantine/core'
import { NumberText } from '../../ui/NumberText.tsx'
import { type Audience, funnelSteps } from './funnel.ts'
import classes from './AudienceFunnel.module.css'

type AudienceFunnelProps = { audience: Audience; linkTo: (verdict: string) => string; past?: boolean }

export function AudienceFunnel({ audience, linkTo, past = false }: AudienceFunnelProps) {
  const { candidates, included } = audience
  return (
    <ol className={classes['steps']} aria-label="From the lists to those who get it">
      <li className={classes['step']}>
        <Bar left={candidates} whole={candidates} /><Text size="sm">In the lists</Text><Text size="sm" fw={600}><NumberText value={candidates} /></Text>
      </li>
      {funnelSteps(audience).map(({ code, name, why, out, left }) => (
        <li key={code} className={classes['step']}>
          <Bar left={left} whole={candidates} />
          <Text size="sm" component="div">{name}{why && <span className={classes['why']}>{why}</span>}</Text>
          <Text size="sm" component="div" style={{ whiteSpace: 'nowrap' }}>− <NumberText value={out} to={linkTo(code)} /></Text>
        </li>
      ))}
      <li className={`${classes['step']} ${classes['end']}`}>
        <Text fw={600}>{past ? 'In the audience' : 'Will get it'}</Text>
        <span className={classes['total']}><NumberText value={included} to={included > 0 ? linkTo('included') : undefined} /></span>
      </li>
    </ol>
  )
}

const Bar = ({ left, whole }: { left: number; whole: number }) => (
  <span className={classes['left']} aria-hidden style={{ width: `${whole > 0 ? (left / whole) * 100 : 0}%` }} />
)
