import type { Place } from '../diagnostics/diagnostic.js'
import { startOf } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { Node } from '../load/ts-morph.js'
import { placeOf } from './read-expression.js'
import { runsAtOnce } from './runs-at-once.js'

/**
 * Where a module most likely waits without end while it is loaded: at its first
 * loop or `await` outside of every function. A process that hangs cannot say it;
 * without one of them it is something that the module imports, or calls.
 */
export function whereItWaits(project: LoadedProject, module: string): Place {
  const found = project.source(module).getFirstDescendant((node) => canWait(node) && runsAtOnce(node))
  return found === undefined ? startOf(module) : placeOf(project, found)
}

function canWait(node: Node): boolean {
  return Node.isAwaitExpression(node) || Node.isIterationStatement(node)
}
