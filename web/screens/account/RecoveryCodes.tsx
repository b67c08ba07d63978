/** Recovery codes, on their only appearance: to be copied, saved or printed before going on. */
import { Alert, Box, Button, Code, Group, Stack } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { CopyButton } from '../../ui/CopyButton.tsx'

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = codes.join('\n')
  return (
    <Stack>
      <Alert color="lamp" title="Keep these recovery codes now">They are shown this once. Each signs you in one time when you do not have your app at hand: print them, or keep them in a password manager.</Alert>
      {/* As many beside each other as fit whole. */}
      <Box component="ul" aria-label="Recovery codes" p={0} m={0} style={{ listStyle: 'none', display: 'grid', gap: 6, gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))' }}>
        {codes.map((code) => <li key={code}><Code fz="sm" px="sm" py={4} display="block" ta="center">{code}</Code></li>)}
      </Box>
      <Group justify="flex-end">
        <CopyButton value={text} what="codes" wide />
        <Button variant="default" component="a" href={`data:text/plain,${encodeURIComponent(`${text}\n`)}`} download="tidings-recovery-codes.txt" leftSection={<IconDownload size={16} aria-hidden />}>Save as file</Button>
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </Stack>
  )
}
