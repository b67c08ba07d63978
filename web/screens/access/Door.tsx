/** The frame of the pages that stand before the application: sign in, first set-up, and those behind links from mail. */
import { Paper, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { getBrand } from '../../../src/settings/contract.ts'
import { useLook } from '../../api/client.ts'
import { Logo } from '../../ui/Logo.tsx'
import classes from './Door.module.css'

export function Door({ title, about, children }: { title: string; about: ReactNode; children: ReactNode }) {
  useDocumentTitle(`${title} · Tidings`)
  return (
    <main className={classes['ground']}>
      <Stack gap="lg" w="100%" maw={400}>
        <Whose />
        <Paper withBorder p="xl" className={classes['card']}>
          <Title order={1} mb={4}>{title}</Title>
          <Text size="sm" c="dimmed" mb="lg">{about}</Text>
          {children}
        </Paper>
      </Stack>
    </main>
  )
}

/** The company's own logo, where it has set one. */
function Whose() {
  const { data } = useLook(getBrand)
  return data?.logo ? <img src={`/i/${data.logo}`} alt={data.companyName || 'Logo'} style={{ maxWidth: 240, maxHeight: 72, alignSelf: 'start' }} /> : <Logo size={36} />
}
