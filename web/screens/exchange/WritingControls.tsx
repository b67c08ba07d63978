/** How days and numbers are written in the file: asked, because a guess would change what was meant. */
import { Group, NativeSelect } from '@mantine/core'
import type { FileReading } from '../../../src/exchange/contract.ts'

const dates = [
  { value: '', label: '03/04/2030 is refused' }, { value: 'dayFirst', label: '03/04/2030 is 3 April' }, { value: 'monthFirst', label: '03/04/2030 is 4 March' },
]
const decimals = [{ value: '.', label: '1,234.50 (a point)' }, { value: ',', label: '1.234,50 (a comma)' }]

type WritingControlsProps = { reading: FileReading; onReading: (change: Partial<FileReading>) => void }

export function WritingControls({ reading, onReading }: WritingControlsProps) {
  return (
    <Group gap="md" align="flex-start">
      <NativeSelect label="Days" w={{ base: '100%', sm: 280 }} data={dates} value={reading.dateOrder ?? ''}
        onChange={(event) => onReading({ dateOrder: (event.currentTarget.value || undefined) as FileReading['dateOrder'] })} />
      <NativeSelect label="Numbers" w={{ base: '100%', sm: 200 }} data={decimals} value={reading.decimal}
        onChange={(event) => onReading({ decimal: event.currentTarget.value as FileReading['decimal'] })} />
    </Group>
  )
}
