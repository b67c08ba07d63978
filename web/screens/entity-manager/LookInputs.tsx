/** How an entity type looks: its icon and its colour, chosen by pressing one. */
import { ColorSwatch, Group, Input, ScrollArea, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { typeColor, typeColors } from '../../ui/type-colors.ts'
import { typeIcons } from '../../ui/type-icons.ts'
import { inWords } from '../../ui/words.ts'
import classes from './LookInputs.module.css'

export type Look = { icon: string; color: string }

export function LookInputs({ look, onLook }: { look: Look; onLook: (look: Look) => void }) {
  return (
    <>
      <Input.Wrapper label="Icon" labelElement="div">
        <ScrollArea.Autosize mah={168} type="auto">
          <div className={classes['icons']} role="radiogroup" aria-label="Icon">
            {Object.entries(typeIcons).map(([name, Icon]) => (
              <UnstyledButton key={name} type="button" role="radio" aria-checked={look.icon === name} aria-label={inWords(name)} title={inWords(name)} className={classes['icon']} onClick={() => onLook({ ...look, icon: name })}>
                <Icon size={22} stroke={1.7} color={look.icon === name ? typeColor(look.color) : 'currentColor'} aria-hidden />
              </UnstyledButton>
            ))}
          </div>
        </ScrollArea.Autosize>
      </Input.Wrapper>
      <Input.Wrapper label="Colour" labelElement="div">
        <Group gap={8} role="radiogroup" aria-label="Colour" mt={4}>
          {typeColors.map((color) => (
            <ColorSwatch key={color} component="button" type="button" role="radio" aria-checked={look.color === color} aria-label={inWords(color)} title={inWords(color)} color={`var(--mantine-color-${color}-6)`} style={{ cursor: 'pointer' }} onClick={() => onLook({ ...look, color })}>
              {look.color === color && <IconCheck size={16} color="#fff" aria-hidden />}
            </ColorSwatch>
          ))}
        </Group>
      </Input.Wrapper>
    </>
  )
}
