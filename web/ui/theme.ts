/** The look: one palette (tide), one accent (lamp), system fonts, quiet shadows. Colours that are not Mantine's are in theme.css. */
import {
  ActionIcon, Badge, Button, Menu, Modal, Notification, Paper, PasswordInput, Select, Table, Tabs, Textarea, Tooltip, createTheme, type MantineColorsTuple,
} from '@mantine/core'

const tide: MantineColorsTuple = ['#ebf6f5', '#d3ebe9', '#a5d6d2', '#74bfbb', '#4aa5a2', '#268585', '#136c6e', '#0d5a5d', '#0a494c', '#06373a']
const lamp: MantineColorsTuple = ['#fff5e8', '#ffe6c7', '#ffd09a', '#ffb86b', '#f7a045', '#d97f1e', '#a85c0c', '#8a4a08', '#6c3a07', '#4d2a06']
const gray: MantineColorsTuple = ['#f6f8f8', '#eef1f1', '#e1e6e6', '#cfd6d6', '#b3bdbe', '#8b9798', '#5c696b', '#465254', '#2d3739', '#182022']
const dark: MantineColorsTuple = ['#d5dcdd', '#b5bfc1', '#96a3a5', '#627073', '#3a464a', '#2b3539', '#1d2528', '#141a1c', '#0f1416', '#0a0d0f']

// Mantine's own are too pale for small text on their light shade.
const green: MantineColorsTuple = ['#eaf7ee', '#d2eedb', '#a8dcb9', '#78c894', '#4fb674', '#31a25b', '#1b7a43', '#17703b', '#115a2e', '#0b4120']
const red: MantineColorsTuple = ['#fdeeee', '#fad9da', '#f3b1b4', '#ec868b', '#e56067', '#dc4550', '#c02b36', '#a3212c', '#851a24', '#64121a']
const blue: MantineColorsTuple = ['#ebf3fc', '#d3e4f7', '#a5c8ee', '#74aae4', '#4b90db', '#2f7bcf', '#2166b3', '#1a5394', '#143f72', '#0d2b50']

export const theme = createTheme({
  colors: { tide, lamp, gray, dark, green, red, blue },
  primaryColor: 'tide',
  primaryShade: 6,
  black: gray[9],
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: '-apple-system, "Segoe UI", Roboto, Ubuntu, Cantarell, "Noto Sans", "Liberation Sans", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", "Liberation Mono", Menlo, monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.25' }, h2: { fontSize: '1.05rem', lineHeight: '1.35' }, h3: { fontSize: '0.95rem', lineHeight: '1.4' } },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm' }, styles: { root: { textTransform: 'none', fontWeight: 600 } } }),
    Button: Button.extend({ defaultProps: { fw: 600 } }),
    // Mantine's placeholder for the first focus is an element that no menu may contain.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ styles: { title: { fontWeight: 650 } }, defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 1 } } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Paper: Paper.extend({ defaultProps: { radius: 'md' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' } } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 8, horizontalSpacing: 12 } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Textarea: Textarea.extend({ defaultProps: { autosize: true, minRows: 3, maxRows: 14 } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, withArrow: true, events: { hover: true, focus: true, touch: false } } }),
  },
})
