/** In the form, before saving: who may be the same. It never stands in the way. */
import { Alert, Anchor, List } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUsersGroup } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/duplicates/contract.ts'
import { useLook } from '../../api/client.ts'
import { type EntityType, oneOf } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { reasonsInWords } from './duplicate-words.ts'

/** What duplicates are found by; a change of anything else asks nobody. */
const compared = /^(firstName|lastName|name|emailAddress|accountId|accountName|phoneNumber)$|city$/i

export function DuplicateWarning({ type, values, id }: { type: EntityType; values: Record<string, unknown>; id?: string | undefined }) {
  const asked = Object.fromEntries(type.fields.filter(({ name, readOnly }) => !readOnly && compared.test(name) && values[name]).map(({ name }) => [name, values[name]]))
  const [settled] = useDebouncedValue(JSON.stringify(asked), 400)
  const { data } = useLook(api.checkDuplicates, { params: { slug: type.slug }, body: { values: JSON.parse(settled) as Record<string, unknown>, ...(id && { exceptId: id }) } }, { enabled: settled !== '{}' && type.name !== 'User' })
  const items = settled === '{}' ? [] : data?.items ?? []
  if (items.length === 0) return null
  return (
    <Alert role="status" variant="light" color="lamp" icon={<IconUsersGroup aria-hidden />} title={items.length === 1 ? `This ${oneOf(type)} may be there already` : `${items.length} ${type.plural.toLowerCase()} look like this one`}>
      <List size="sm">
        {items.slice(0, 5).map((each) => (
          <List.Item key={each.id}>
            <Anchor component={Link} to={paths.record(type.slug, each.id)} target="_blank" inherit underline="always">{each.name || displayAddress(each.emailAddress) || 'No name'}</Anchor>: {reasonsInWords(each.reasons)}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
