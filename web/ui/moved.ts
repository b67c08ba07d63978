/** A list with one of its things at another place. */
export const movedTo = <Item,>(items: readonly Item[], from: number, to: number): Item[] => items.toSpliced(from, 1).toSpliced(to, 0, items[from]!)
