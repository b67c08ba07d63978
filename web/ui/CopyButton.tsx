/** Copies a text and says that it did. */
import { ActionIcon, Button, CopyButton as Copier, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'

export function CopyButton({ value, what, wide = false }: { value: string; what: string; wide?: boolean }) {
  return (
    <Copier value={value} timeout={1500}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} /> : <IconCopy size={16} />
        const label = copied ? 'Copied' : `Copy ${what}`
        return wide
          ? <Button variant="default" leftSection={icon} onClick={copy}>{label}</Button>
          : <Tooltip label={label}><ActionIcon aria-label={label} onClick={copy}>{icon}</ActionIcon></Tooltip>
      }}
    </Copier>
  )
}
