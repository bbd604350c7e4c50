export { SCOPES } from './_names.js'

export const WRITES = ['notes:write'] as const
