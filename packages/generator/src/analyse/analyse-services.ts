import { startOf } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { readDefaultExport } from './default-export.js'
import type { Report } from './report.js'
import { describe } from './static-value.js'

/**
 * Whether mcp/services.ts exports services. It is not loaded at build time: it
 * brings databases and clients, and nothing of it is needed.
 */
export function readServices(project: LoadedProject, module: string, report: Report): boolean {
  const found = readDefaultExport(project, project.source(module))
  if (found.kind === 'value' && found.value.kind === 'call' && found.value.callee === 'defineServices') return true
  const construct =
    found.kind === 'none'
      ? 'it has no default export'
      : found.kind === 'elsewhere'
        ? 'its default export is written in another file'
        : `its default export is ${describe(found.value)}`
  report.add('services-unreadable', found.kind === 'none' ? startOf(module) : found.place, { construct })
  return false
}
