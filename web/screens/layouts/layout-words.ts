/** The kinds of layouts in words, and which of them there are. */
import { type LayoutKind, layoutKinds } from '../../../src/layouts/contract.ts'

export const layoutWords: Record<LayoutKind, { title: string; about: string; shown: string; hidden: string }> = {
  list: { title: 'List columns', about: 'The columns of a list, from left to right, until somebody chooses columns of his own. The first one leads to the record.', shown: 'Shown', hidden: 'Not shown' },
  detail: { title: 'Detail form', about: 'The fields of a record’s page and of its form, under their headings. What is not shown can still be imported, filtered by and set by the API.', shown: 'Shown', hidden: 'Not shown' },
  bottomPanels: { title: 'Bottom Panels', about: 'The panels of related records below a record, from top to bottom.', shown: 'Shown', hidden: 'Not shown' },
  filters: { title: 'Filters', about: 'What the filter builder of a list offers, in this order.', shown: 'Offered', hidden: 'Not offered' },
}

/** Target lists are no entity type: they have their panels only. */
export const kindsOf = (entityType: string): readonly LayoutKind[] => (entityType === 'TargetList' ? ['bottomPanels'] : layoutKinds)
