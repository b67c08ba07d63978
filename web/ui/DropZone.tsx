/** A place to drop one file on; a button underneath, so that it works by keyboard too. */
import { Button, FileButton, Stack, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import classes from './DropZone.module.css'

type DropZoneProps = { label: string; accept: string; busy?: boolean; onFile: (file: File) => void }

export function DropZone({ label, accept, busy = false, onFile }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const hover = (is: boolean) => (event: DragEvent) => { event.preventDefault(); setOver(is) }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) onFile(file)
  }
  return (
    <div className={classes['zone']} data-over={over || undefined} onDragOver={hover(true)} onDragLeave={hover(false)} onDrop={drop}>
      <Stack align="center" gap="xs">
        <IconFileUpload size={28} stroke={1.5} aria-hidden />
        <Text size="sm" c="dimmed">{label}</Text>
        <FileButton accept={accept} onChange={(file) => file && onFile(file)} inputProps={{ 'aria-label': 'File to import' }}>
          {(props) => <Button {...props} variant="default" loading={busy}>Choose file</Button>}
        </FileButton>
      </Stack>
    </div>
  )
}
