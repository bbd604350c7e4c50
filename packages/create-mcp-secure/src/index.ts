export type { Io, Stream } from './io.js'
export { main } from './main.js'
