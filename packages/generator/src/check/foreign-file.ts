import { diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { GENERATED_DIRECTORY } from '../load/layout.js'
import { isOurs } from '../model/first-line.js'
import { GENERATED_FILES } from '../model/generated-files.js'
import type { Rule } from './rule.js'

export const foreignFile: Rule = ({ existing }) =>
  existing
    .filter(({ path, text }) => isTarget(path) && !isOurs(path, text))
    .map(({ path }) => diagnostic('foreign-file', startOf(path), { file: path }))

function isTarget(path: string): boolean {
  return path === GENERATED_DIRECTORY || GENERATED_FILES.some((name) => path === `${GENERATED_DIRECTORY}/${name}`)
}
