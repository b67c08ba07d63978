/** How an entity type looks: its icon and its colour, chosen by pressing one or by the arrow keys. */
import { ColorSwatch, Group, Input, ScrollArea, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { typeColor, typeColors } from '../../ui/type-colors.ts'
import { typeIcons } from '../../ui/type-icons.ts'
import { inWords } from '../../ui/words.ts'
import classes from './LookInputs.module.css'

export type Look = { icon: string; color: string }

const icons = Object.keys(typeIcons)

export function LookInputs({ look, onLook }: { look: Look; onLook: (look: Look) => void }) {
  const icon = radios(icons, look.icon, (name) => onLook({ ...look, icon: name }))
  const color = radios(typeColors, look.color, (name) => onLook({ ...look, color: name }))
  return (
    <>
      <Input.Wrapper label="Icon" labelElement="div">
        <ScrollArea.Autosize mah={168} type="auto">
          <div className={classes['icons']} role="radiogroup" aria-label="Icon">
            {Object.entries(typeIcons).map(([name, Icon]) => (
              <UnstyledButton key={name} type="button" className={classes['icon']} {...icon(name)}>
                <Icon size={22} stroke={1.7} color={look.icon === name ? typeColor(look.color) : 'currentColor'} aria-hidden />
              </UnstyledButton>
            ))}
          </div>
        </ScrollArea.Autosize>
      </Input.Wrapper>
      <Input.Wrapper label="Colour" labelElement="div">
        <Group gap={8} role="radiogroup" aria-label="Colour" mt={4}>
          {typeColors.map((name) => (
            <ColorSwatch key={name} component="button" type="button" color={`var(--mantine-color-${name}-6)`} style={{ cursor: 'pointer' }} {...color(name)}>
              {look.color === name && <IconCheck size={16} color="#fff" aria-hidden />}
            </ColorSwatch>
          ))}
        </Group>
      </Input.Wrapper>
    </>
  )
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** One stop of the Tab key for them all; arrows go round and choose, as radio buttons do. */
function radios(names: string[], chosen: string, choose: (name: string) => void) {
  const stop = names.includes(chosen) ? chosen : names[0]
  const keys = (name: string) => (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = names[(names.indexOf(name) + step + names.length) % names.length]!
    choose(next)
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-choice="${next}"]`)?.focus()
  }
  return (name: string) => ({
    role: 'radio', 'aria-checked': chosen === name, 'aria-label': inWords(name), title: inWords(name), tabIndex: name === stop ? 0 : -1, 'data-choice': name,
    onClick: () => choose(name), onKeyDown: keys(name),
  })
}
