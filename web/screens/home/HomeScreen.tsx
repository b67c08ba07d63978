/** Home: what is happening and what needs somebody. */
import { Page } from '../../ui/Page.tsx'

export function HomeScreen() {
  return <Page title="Home">{null}</Page>
}
