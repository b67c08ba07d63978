/** The facts of a campaign in one line: type, who gets it, who does not, who looks after it. */
import { Anchor, Group } from '@mantine/core'
import { Fragment } from 'react'
import { Link } from 'react-router'
import type { Campaign } from '../../../src/campaign/contract.ts'
import { paths } from '../../paths.ts'
import { inWords } from '../../ui/words.ts'

export function CampaignFacts({ campaign: { type, targetLists, excludingTargetLists, assignedUserName } }: { campaign: Campaign }) {
  return (
    <Group gap="6px 18px">
      <span>{inWords(type)}</span>
      <span>{targetLists.length > 0 ? <>to <Lists lists={targetLists} /></> : 'to no target list yet'}</span>
      {excludingTargetLists.length > 0 && <span>without <Lists lists={excludingTargetLists} /></span>}
      {assignedUserName && <span>looked after by {assignedUserName}</span>}
    </Group>
  )
}

export const Lists = ({ lists }: { lists: { id: string; name: string }[] }) => lists.map(({ id, name }, index) => (
  <Fragment key={id}>{index > 0 && ', '}<Anchor component={Link} to={paths.targetList(id)} inherit underline="always">{name}</Anchor></Fragment>
))
