/** The button that leads to a new record which joins the panel it stands on; says why when roles do not allow one. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { EntityType } from '../../api/entity-types.ts'
import { useWhyNotCreate } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ReasonButton } from '../../ui/ReasonButton.tsx'

type NewRecordButtonProps = { type: EntityType; joins: Parameters<typeof paths.newRecord>[1] }

export function NewRecordButton({ type, joins }: NewRecordButtonProps) {
  const reason = useWhyNotCreate(type.name, type.plural.toLowerCase())
  const look = { size: 'xs', variant: 'default', leftSection: <IconPlus size={15} aria-hidden /> } as const
  return reason
    ? <ReasonButton {...look} reason={reason} onClick={() => {}}>Create</ReasonButton>
    : <Button {...look} component={Link} to={paths.newRecord(type.slug, joins)}>Create</Button>
}
