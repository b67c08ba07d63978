/** Tabs whose choice is in the address (`?tab=log`). */
import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useUrlText } from './url-state.ts'

type Tab = { key: string; title: string; mark?: ReactNode; content: ReactNode }

export function UrlTabs({ tabs, name = 'tab' }: { tabs: Tab[]; name?: string }) {
  const [chosen, choose] = useUrlText(name, tabs[0]?.key)
  return (
    <Tabs value={chosen} onChange={(key) => choose(key ?? '')}>
      <Tabs.List mb="md">{tabs.map(({ key, title, mark }) => <Tabs.Tab key={key} value={key} rightSection={mark}>{title}</Tabs.Tab>)}</Tabs.List>
      {tabs.map(({ key, content }) => <Tabs.Panel key={key} value={key}>{content}</Tabs.Panel>)}
    </Tabs>
  )
}
