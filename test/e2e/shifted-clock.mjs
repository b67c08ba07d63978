/** Loaded before a program (`node --import`), makes its clock ten minutes wrong, as on a machine that nobody set. What it starts, a database too, has the right one. */
const shiftMs = 600_000
const real = Date.now.bind(Date)
const now = () => real() + shiftMs
const shifted = new Proxy(Date, {
  construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now()] : given, self),
  apply: () => new shifted().toString(),
  get: (target, key, self) => (key === 'now' ? now : Reflect.get(target, key, self)),
})
globalThis.Date = shifted
