import { readServerObject, serverFacts } from './analyse/analyse-server.js'
import type { ServerFacts } from './analyse/facts.js'
import { createReport } from './analyse/report.js'
import type { Diagnostic } from './diagnostics/diagnostic.js'
import { findMissing } from './load/find-missing.js'
import { SERVER_MODULE } from './load/layout.js'
import { createLoader } from './load/project.js'
import { unreadable } from './load/unreadable.js'

/** What `mcp/server.ts` says, and every finding that concerns it. */
export interface DeclaredServer {
  readonly server: ServerFacts | null
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads `mcp/server.ts` as a build does, without running it and whatever else is
 * wrong with the project: a project without a tool, or with a broken one, has scopes all the same. `directory` is absolute.
 */
export function readServer(directory: string): DeclaredServer {
  const missing = findMissing(directory)
  if (missing.length > 0) return { server: null, diagnostics: missing }
  try {
    return readDeclared(directory)
  } catch (error) {
    const found = unreadable(directory, error)
    if (found === null) throw error
    return { server: null, diagnostics: [found] }
  }
}

function readDeclared(directory: string): DeclaredServer {
  const project = createLoader(directory).load()
  const module = project.entries.server
  const loading = project.diagnostics.filter(({ place }) => ['.', 'tsconfig.json', SERVER_MODULE].includes(place.file))
  if (module === null || loading.length > 0) return { server: null, diagnostics: loading }
  const report = createReport()
  const object = readServerObject(project, module, report)
  const server = object === null ? null : serverFacts(module, object, undefined, report)
  return { server, diagnostics: report.diagnostics }
}
