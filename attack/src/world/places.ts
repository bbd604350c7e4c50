import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..', '..')

/** Where the generated servers are that are attacked. */
export const TARGET: string = join(root, 'attack', 'target')
export const HELLO: string = join(root, 'examples', 'hello')
export const NOTES: string = join(root, 'examples', 'notes')
