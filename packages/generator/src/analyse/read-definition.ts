import { startOf } from '../diagnostics/diagnostic.js'
import { DIRECTORIES } from '../load/layout.js'
import type { LoadedProject } from '../load/project.js'
import { type ItemKind, itemName, nameOf } from '../model/item-name.js'
import { readDefaultExport } from './default-export.js'
import type { Report } from './report.js'
import { describe, type StaticObject } from './static-value.js'

/** The function of the DSL that declares each kind. */
const DEFINE: { readonly [K in ItemKind]: string } = {
  tool: 'defineTool',
  resource: 'defineResource',
  prompt: 'definePrompt',
}

/** The object inside `defineTool( )`, `defineResource( )` or `definePrompt( )`, if it can be read. */
export function readDefinition(
  project: LoadedProject,
  module: string,
  kind: ItemKind,
  report: Report,
): StaticObject | null {
  const define = DEFINE[kind]
  const found = readDefaultExport(project, project.source(module))
  if (found.kind === 'none') {
    report.add('default-export-missing', startOf(module), { file: module, directory: DIRECTORIES[kind], kind, define })
    return null
  }
  if (found.kind === 'elsewhere') {
    report.add('not-a-definition', found.place, { file: module, define, found: 'written in another file' })
    return null
  }
  const { value, place } = found
  if (value.kind !== 'call' || value.callee !== define) {
    report.add('not-a-definition', place, { file: module, define, found: describe(value) })
    return null
  }
  const item = nameOf({ kind, name: itemName(module) })
  const [argument] = value.arguments
  if (argument?.kind !== 'object') {
    const given = argument === undefined ? 'nothing' : describe(argument)
    report.add('unreadable-definition', argument?.place ?? place, {
      item,
      construct: `${given} is given to ${define}()`,
    })
    return null
  }
  for (const { place: at, construct } of argument.hidden) {
    report.add('unreadable-definition', at, { item, construct: `it holds ${construct}` })
  }
  return argument
}
