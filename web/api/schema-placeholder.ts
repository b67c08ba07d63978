/**
 * Stands in for zod in the browser bundle (see vite.config.ts): whatever a contract builds with it is inert.
 * Types come from the real zod at compile time. Never read a schema at run time in the web.
 */
const inert: unknown = new Proxy(function schema() {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 'schema' : key === Symbol.iterator ? () => [][Symbol.iterator]() : inert),
  apply: () => inert,
  construct: () => inert as object,
})

export const z = inert
export default inert
