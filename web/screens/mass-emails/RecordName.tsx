/** Whose delivery it is: a link to the record as long as it is there. */
import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import type { Delivery } from '../../../src/delivery/contract.ts'
import { byName, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'

export function RecordName({ record: { entityType, id, name }, emailAddress }: Pick<Delivery, 'record' | 'emailAddress'>) {
  const slug = byName(useEntityTypes(), entityType)?.slug
  return slug && name ? <Anchor component={Link} to={paths.record(slug, id)} fw={600} inherit>{name}</Anchor> : <>{name ?? emailAddress}</>
}
