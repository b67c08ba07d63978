/** The proof of a consent: both moments, what was read, and what it did. */
import { Anchor, Stack, Table, Text } from '@mantine/core'
import { Link } from 'react-router'
import { modals } from '@mantine/modals'
import type { ReactNode } from 'react'
import type { Subscription } from '../../../src/forms/contract.ts'
import { useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { exactTime } from '../../ui/time.ts'
import { effectInWords, mailInWords } from './form-words.ts'

export const openProof = (subscription: Subscription) => modals.open({ title: displayAddress(subscription.emailAddress), size: 'lg', children: <Proof subscription={subscription} /> })

function Proof({ subscription }: { subscription: Subscription }) {
  const { askedAt, askedIp, askedUserAgent, confirmedAt, confirmedIp, confirmedUserAgent, doubleOptIn, formName, formVersion, textVersion, consentText, targetLists, messageId, effect } = subscription
  const rows: [string, ReactNode][] = [
    ['Asked', <Moment key="asked" at={askedAt} ip={askedIp} userAgent={askedUserAgent} />],
    ['Confirmed', confirmedAt ? <Moment key="confirmed" at={confirmedAt} ip={confirmedIp} userAgent={confirmedUserAgent} /> : 'Not yet: nothing has come of it'],
    ['Form', `${formName}, version ${formVersion}${doubleOptIn ? '' : ', without double opt-in'}`],
    ['Consent', consentText ? `“${consentText}” (version ${textVersion})` : 'The form had nothing to tick'],
    ['Target lists', targetLists.map(({ name }) => name).join(', ')],
    ...(doubleOptIn ? [['Confirmation mail', <>{mailInWords(subscription)}{messageId && <Text size="xs" c="dimmed">Message-ID {messageId}</Text>}</>] as [string, ReactNode]] : []),
    ...(effectInWords(effect).length > 0 ? [['Effect', effectInWords(effect).join(' ')] as [string, ReactNode]] : []),
    ...(subscription.record ? [['Record', <RecordLink key="record" record={subscription.record} />] as [string, ReactNode]] : []),
  ]
  return (
    <Table withRowBorders={false} verticalSpacing={6} layout="fixed">
      <Table.Tbody>
        {rows.map(([title, value]) => <Table.Tr key={title}><Table.Th scope="row" w="30%" style={{ verticalAlign: 'top' }}>{title}</Table.Th><Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td></Table.Tr>)}
      </Table.Tbody>
    </Table>
  )
}

function Moment({ at, ip, userAgent }: { at: string; ip: string | null; userAgent: string | null }) {
  return <Stack gap={0}><span>{exactTime(at)}</span>{(ip || userAgent) && <Text size="xs" c="dimmed">{[ip && `from ${ip}`, userAgent].filter(Boolean).join(', ')}</Text>}</Stack>
}

function RecordLink({ record: { entityType, id } }: { record: { entityType: string; id: string } }) {
  const type = useEntityTypes().find(({ name }) => name === entityType)
  return type ? <Anchor component={Link} to={paths.record(type.slug, id)} onClick={() => modals.closeAll()}>{entityType}</Anchor> : <span>{entityType}</span>
}
