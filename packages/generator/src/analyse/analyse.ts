import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { startOf } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import type { ItemKind } from '../model/item-name.js'
import { compareItem, compareResource, compareServer, compareTool } from './agree.js'
import { promptFacts } from './analyse-prompt.js'
import { resourceFacts } from './analyse-resource.js'
import { readServerObject, serverFacts } from './analyse-server.js'
import { readServices } from './analyse-services.js'
import { toolFacts } from './analyse-tool.js'
import type { Evaluated } from './evaluation.js'
import type { Evaluations, Evaluator, StampedTask } from './evaluator.js'
import type { Facts } from './facts.js'
import { reportImportCycles } from './import-cycle.js'
import { createMemory, type Memory } from './memory.js'
import { readDefinition } from './read-definition.js'
import { createReport, type Report } from './report.js'
import type { StaticObject } from './static-value.js'
import { whereItWaits } from './where-it-waits.js'

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
  const { server, services, tools, resources, prompts } = project.entries
  const serverObject = server === null ? null : readServerObject(project, server, report)
  const hasServices = services !== null && readServices(project, services, report)
  const definitions = [
    ...readDefinitions(project, 'tool', tools, memory, report),
    ...readDefinitions(project, 'resource', resources, memory, report),
    ...readDefinitions(project, 'prompt', prompts, memory, report),
  ]

  const tasks: StampedTask[] = [
    ...(server !== null && serverObject !== null
      ? [{ module: server, kind: 'server' as const, stamp: stamp(server) }]
      : []),
    ...definitions.map(({ module, kind }) => ({ module, kind, stamp: stamp(module) })),
  ]
  reportImportCycles(
    project,
    tasks.map(({ module }) => module),
    report,
  )
  const evaluations = await evaluator.evaluate(tasks)
  reportFailures(project, evaluations, report)

  const facts: Facts = {
    packages: [...project.packages],
    server: serverObject && server ? serverFacts(server, serverObject, evaluations.get(server), report) : null,
    services: hasServices ? services : null,
    tools: factsOf('tool', toolFacts),
    resources: factsOf('resource', resourceFacts),
    prompts: factsOf('prompt', promptFacts),
  }
  if (facts.server !== null) compareServer(facts.server, evaluations.get(facts.server.module), report)
  const isWhole = (item: { readonly module: string }) =>
    definitions.some(({ module, object }) => module === item.module && object.hidden.length === 0)
  for (const tool of facts.tools.filter(isWhole)) compareTool(tool, evaluations.get(tool.module), report)
  for (const prompt of facts.prompts.filter(isWhole)) compareItem(prompt, evaluations.get(prompt.module), report)
  for (const resource of facts.resources.filter(isWhole)) {
    compareResource(resource, evaluations.get(resource.module), report)
  }
  return { facts, diagnostics: report.diagnostics }

  function factsOf<F>(
    kind: ItemKind,
    read: (module: string, object: StaticObject, evaluated: Evaluated | undefined, report: Report) => F,
  ): readonly F[] {
    return definitions
      .filter((definition) => definition.kind === kind)
      .map(({ module, object }) => read(module, object, evaluations.get(module), report))
  }
}

interface Definition {
  readonly kind: ItemKind
  readonly module: string
  readonly object: StaticObject
}

/** Every file of one kind whose definition can be read. */
function readDefinitions(
  project: LoadedProject,
  kind: ItemKind,
  modules: readonly string[],
  memory: Memory,
  report: Report,
): readonly Definition[] {
  return modules.flatMap((module): Definition[] => {
    const object = memory.recall(module, project.stamp(module), report, (own) =>
      readDefinition(project, module, kind, own),
    )
    return object === null ? [] : [{ kind, module, object }]
  })
}

function reportFailures(project: LoadedProject, evaluations: Evaluations, report: Report): void {
  for (const [file, evaluated] of evaluations) reportFailure(project, file, evaluated, report)
}

function reportFailure(project: LoadedProject, file: string, evaluated: Evaluated, report: Report): void {
  switch (evaluated.kind) {
    case 'threw':
      reportThrown(file, evaluated, report)
      return
    case 'ended':
      report.add('module-ends-process', evaluated.place ?? startOf(file), { file, exit: evaluated.exit })
      return
    case 'hung':
      report.add('module-hangs', whereItWaits(project, file), { file, seconds: String(evaluated.seconds) })
      return
    case 'tool':
    case 'resource':
    case 'prompt':
    case 'server':
      return
  }
}

function reportThrown(file: string, { error, place, unset }: Evaluated & { kind: 'threw' }, report: Report): void {
  const [first] = unset
  if (first === undefined) {
    report.add('module-throws', place ?? startOf(file), { file, error })
    return
  }
  const names = [...new Set(unset.map(({ name }) => name))].join(', ')
  report.add('environment-missing', first.place, { file, error, names })
}
