/** The panels of My account, from the top. */
import type { ComponentType } from 'react'
import { NamePanel } from './NamePanel.tsx'
import { NoticeMailPanel } from './NoticeMailPanel.tsx'
import { PasswordPanel } from './PasswordPanel.tsx'
import { SecondFactorPanel } from './SecondFactorPanel.tsx'
import { SessionsPanel } from './SessionsPanel.tsx'

export const accountPanels: readonly ComponentType[] = [NamePanel, PasswordPanel, SecondFactorPanel, SessionsPanel, NoticeMailPanel]
