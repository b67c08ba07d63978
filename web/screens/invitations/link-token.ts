/** The token behind the `#` of a link from a mail: it stays in the browser, no server sees it in an address. */
import { useState } from 'react'

/** As it was when the page opened. */
export const useLinkToken = (): string => useState(() => location.hash.slice(1))[0]
