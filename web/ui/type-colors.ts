/** The colours that an entity type may have, readable on light and on dark. */
export const typeColors = ['blue', 'cyan', 'teal', 'green', 'lime', 'yellow', 'orange', 'red', 'pink', 'grape', 'violet', 'indigo', 'gray']

/** A colour by its name or as #1c7ed6, as it may stand in a style. */
export const typeColor = (color: string): string =>
  (typeColors.includes(color) ? `light-dark(var(--mantine-color-${color}-8), var(--mantine-color-${color}-4))` : /^#[0-9a-f]{6}$/i.test(color) ? color : 'currentColor')
