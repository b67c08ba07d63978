/** What was given of a change: "not given" must not empty anything. */

type Given<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> }

/** Unlike a spread, without the keys whose value is undefined. */
export const given = <Value extends object>(change: Value): Given<Value> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<Value>
