/** No report yet: examples to begin with. */
import { Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconChartBar, IconPlus } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useWhyNotCreate } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { beginWith, examples } from './examples.ts'

export function NoReports() {
  const whyNot = useWhyNotCreate('Report', 'reports')
  if (whyNot) return <Empty icon={IconChartBar} title="No reports yet">Reports that others share with you appear here. {whyNot}</Empty>
  return (
    <Stack pb="lg" px="md" gap={0}>
      <Empty icon={IconChartBar} title="No reports yet" action={<Button component={Link} to={paths.newReport()} leftSection={<IconPlus size={16} aria-hidden />}>New report</Button>}>
        A report answers a question about your contacts, deliveries or the campaign log, as a list or as a chart. It can fill a target list and keep it in step.
      </Empty>
      <Text size="sm" c="dimmed" ta="center" mb="sm">Or begin with one of these:</Text>
      <SimpleGrid cols={{ base: 1, sm: 3 }} maw={860} mx="auto" w="100%">
        {examples.map(({ title, about, start }) => (
          <Card key={title} component={Link} to={beginWith(start)} withBorder padding="md" radius="md" c="inherit" td="none">
            <Group gap={8} wrap="nowrap"><IconChartBar size={18} aria-hidden /><Text fw={600} size="sm">{title}</Text></Group>
            <Text size="sm" c="dimmed" mt={4}>{about}</Text>
          </Card>
        ))}
      </SimpleGrid>
    </Stack>
  )
}
