export { type ConsoleOptions, createConsole } from './console.js'
export type {
  ClientSnippet,
  ConsoleBuild,
  ConsoleItem,
  ConsoleState,
  Decision,
  FromConsole,
  ToConsole,
} from './definition.js'
export { Feed } from './feed.js'
