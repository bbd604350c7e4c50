import { diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/
/** Clients put a prefix of their own before it, within the 64 characters that models allow. */
const MAX_LENGTH = 64
const FOLDER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

export const unsafeName: Rule = ({ model }) =>
  itemsOf(model).flatMap(({ name, module }) => {
    const folders = module.split('/').slice(0, -1)
    const unsafeFolder = folders.find((folder) => !FOLDER.test(folder))
    const problem = unsafeFolder === undefined ? problemOf(name) : `is in a folder called '${unsafeFolder}'`
    return problem === null ? [] : [diagnostic('unsafe-name', startOf(module), { name, problem })]
  })

function problemOf(name: string): string | null {
  if (name.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`
  return NAME.test(name) ? null : 'is not a name that clients accept'
}
