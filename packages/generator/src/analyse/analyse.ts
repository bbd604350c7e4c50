import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { startOf } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { compareServer, compareTool } from './agree.js'
import { readServerObject, serverFacts } from './analyse-server.js'
import { readServices } from './analyse-services.js'
import { readToolObject, toolFacts } from './analyse-tool.js'
import type { Evaluated } from './evaluation.js'
import type { Evaluations, Evaluator, StampedTask } from './evaluator.js'
import type { Facts } from './facts.js'
import { createMemory, type Memory } from './memory.js'
import { createReport, type Report } from './report.js'
import type { StaticObject } from './static-value.js'

export interface Analysis {
  readonly facts: Facts
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a project into facts: first what its source says, then what its schemas
 * are. With a memory only the files that changed since the last time are read.
 */
export async function analyse(
  project: LoadedProject,
  evaluator: Evaluator,
  memory: Memory = createMemory(),
): Promise<Analysis> {
  const report = createReport()
  const stamp = (module: string) => project.stamp(module)
  const { server, services, tools } = project.entries
  const serverObject = server === null ? null : readServerObject(project, server, report)
  const hasServices = services !== null && readServices(project, services, report)
  const toolObjects = tools.flatMap((module): [string, StaticObject][] => {
    const object = memory.recall(module, stamp(module), report, (own) => readToolObject(project, module, own))
    return object === null ? [] : [[module, object]]
  })

  const tasks: StampedTask[] = [
    ...(server !== null && serverObject !== null
      ? [{ module: server, kind: 'server' as const, stamp: stamp(server) }]
      : []),
    ...toolObjects.map(([module]) => ({ module, kind: 'tool' as const, stamp: stamp(module) })),
  ]
  const evaluations = await evaluator.evaluate(tasks)
  reportFailures(evaluations, report)

  const facts: Facts = {
    server: serverObject && server ? serverFacts(server, serverObject, evaluations.get(server), report) : null,
    services: hasServices ? services : null,
    tools: toolObjects.map(([module, object]) => toolFacts(module, object, evaluations.get(module), report)),
  }
  if (facts.server !== null) compareServer(facts.server, evaluations.get(facts.server.module), report)
  for (const tool of facts.tools) {
    const isWhole = toolObjects.some(([module, object]) => module === tool.module && object.hidden.length === 0)
    if (isWhole) compareTool(tool, evaluations.get(tool.module), report)
  }
  return { facts, diagnostics: report.diagnostics }
}

function reportFailures(evaluations: Evaluations, report: Report): void {
  for (const [file, evaluated] of evaluations) reportFailure(file, evaluated, report)
}

function reportFailure(file: string, evaluated: Evaluated, report: Report): void {
  switch (evaluated.kind) {
    case 'threw':
      report.add('module-throws', startOf(file), { file, error: evaluated.error })
      return
    case 'ended':
      report.add('module-ends-process', startOf(file), { file, exit: evaluated.exit })
      return
    case 'hung':
      report.add('module-hangs', startOf(file), { file, seconds: String(evaluated.seconds) })
      return
    case 'tool':
    case 'server':
      return
  }
}
