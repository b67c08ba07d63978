/** A new password, typed twice. */
import { PasswordInput } from '@mantine/core'

export const shortest = 8

export type NewPassword = { newPassword: string; again: string }
export const noPassword: NewPassword = { newPassword: '', again: '' }

export const faultsOfPassword = {
  newPassword: (password: string) => (password.length < shortest ? `Use at least ${shortest} characters.` : null),
  again: (again: string, { newPassword }: NewPassword) => (again === newPassword ? null : 'The two passwords differ.'),
}

export function NewPasswordInputs({ propsOf }: { propsOf: (name: keyof NewPassword) => object }) {
  return (
    <>
      <PasswordInput label="New password" description={`At least ${shortest} characters.`} autoComplete="new-password" required {...propsOf('newPassword')} />
      <PasswordInput label="New password again" autoComplete="new-password" required {...propsOf('again')} />
    </>
  )
}
