import { type AccessMatrix, byKind } from '../../access/access-matrix.js'
import { type Problem, warning } from '../finding.js'
import { quoted } from '../quoted.js'

/** What everybody may use. */
export function publicItems(matrix: AccessMatrix): readonly Problem[] {
  return byKind(matrix).flatMap(([title, items]) => {
    const open = items.filter(({ access }) => access.kind === 'public').map(({ name }) => name)
    if (open.length === 0) return []
    return [
      warning(
        `${open.length} of ${items.length} ${title.toLowerCase()} can be used without a token: ${quoted(open.join(', '))}`,
        "Give what is not for everybody `scopes`, or `access: 'authenticated'`.",
      ),
    ]
  })
}
