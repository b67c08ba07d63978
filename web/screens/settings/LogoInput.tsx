/** The logo: shown as it is, chosen from a file that is uploaded at once and holds when the form is saved. */
import { Button, FileButton, Group, Input } from '@mantine/core'
import type { ReactNode } from 'react'
import { uploadImage } from '../../../src/settings/contract.ts'
import { useAction } from '../../api/client.ts'

type Props = { label: string; description: ReactNode; error?: ReactNode; wrapperProps?: object; ref?: (element: HTMLElement | null) => void; value: string | null; onChange: (id: string | null) => void }

export function LogoInput({ label, description, error, wrapperProps, ref, value, onChange }: Props) {
  const upload = useAction(uploadImage, { done: ({ id }) => onChange(id) })
  const take = async (file: File | null) => {
    if (file) upload.mutate({ body: { content: await base64Of(file) } })
  }
  const message = error ?? upload.error?.byField['content'] ?? upload.error?.message
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={message} {...wrapperProps}>
      <Group gap="sm" mt={6}>
        {value && <img src={`/i/${value}`} alt="The logo now" style={{ maxWidth: 200, maxHeight: 64 }} />}
        <FileButton accept="image/png,image/jpeg" onChange={(file) => void take(file)} inputProps={{ 'aria-label': 'Logo file' }}>
          {(props) => <Button {...props} ref={ref as never} variant="default" loading={upload.isPending}>{value ? 'Choose another…' : 'Choose a picture…'}</Button>}
        </FileButton>
        {value && <Button variant="subtle" onClick={() => onChange(null)}>Remove</Button>}
      </Group>
    </Input.Wrapper>
  )
}

/** Without what a data: address begins with. */
const base64Of = (file: File): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader()
  reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''))
  reader.addEventListener('error', () => reject(new Error('The file cannot be read.')))
  reader.readAsDataURL(file)
})
