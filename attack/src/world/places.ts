import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..', '..', '..')

/** Where the generated servers are that are attacked. */
export const TARGET: string = join(root, 'attack', 'target')
export const HELLO: string = join(root, 'examples', 'hello')
export const NOTES: string = join(root, 'examples', 'notes')
export const BOARDS: string = join(root, 'attack', 'boards')

/** Loaded into each of them; compiled, also for tests that are not. */
export const REPORTER: string = pathToFileURL(join(root, 'attack', 'dist', 'world', 'reporter.js')).href
