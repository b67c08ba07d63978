/** Who carries the mail: the known providers, any other server, or the Sandbox. Once one is chosen only that one is shown. */
import { Button, Group, SimpleGrid, Text, UnstyledButton } from '@mantine/core'
import { IconFlask, IconMail } from '@tabler/icons-react'
import type { Preset } from '../../../src/outbound/contract.ts'
import { providerLines } from './provider-words.ts'
import classes from './FirstRun.module.css'

export const sandbox = 'sandbox'

type ProviderCardsProps = { presets: Preset[]; chosen: string | null; onChoose: (id: string | null) => void }

export function ProviderCards({ presets, chosen, onChoose }: ProviderCardsProps) {
  const cards = [...presets.map(({ id, name }) => ({ id, name, line: providerLines[id] ?? '' })), { id: sandbox, name: 'Stay in the Sandbox', line: 'Try everything; nothing leaves this machine.' }]
  const one = cards.find(({ id }) => id === chosen)
  if (one) return <Group justify="space-between" gap="sm"><div><Text fw={600}>{one.name}</Text><Text size="sm" c="dimmed">{one.line}</Text></div><Button variant="default" onClick={() => onChoose(null)}>Choose another</Button></Group>
  return (
    <SimpleGrid component="ul" cols={{ base: 1, xs: 2, xl: 3 }} spacing="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Who carries your mail?">
      {cards.map(({ id, name, line }) => (
        <li key={id}>
          <UnstyledButton className={classes['card']} onClick={() => onChoose(id)}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              {id === sandbox ? <IconFlask size={20} className={classes['icon']} aria-hidden /> : <IconMail size={20} className={classes['icon']} aria-hidden />}
              <div><Text fw={600} size="sm">{name}</Text><Text size="sm" c="dimmed">{line}</Text></div>
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </SimpleGrid>
  )
}
