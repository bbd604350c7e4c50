import { startOf } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { toolName } from '../model/tool-name.js'
import { readDefaultExport } from './default-export.js'
import type { Evaluated, EvaluatedSchema, EvaluatedTool } from './evaluation.js'
import type { SchemaFact, ToolFacts } from './facts.js'
import { readAccess } from './read-access.js'
import { readText } from './read-text.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticObject } from './static-value.js'

/** The object inside `defineTool( )`, if it can be read. */
export function readToolObject(project: LoadedProject, module: string, report: Report): StaticObject | null {
  const found = readDefaultExport(project, project.source(module))
  if (found.kind === 'none') {
    report.add('default-export-missing', startOf(module), { file: module })
    return null
  }
  if (found.kind === 'elsewhere') {
    report.add('not-a-tool', found.place, { file: module, found: 'written in another file' })
    return null
  }
  const { value, place } = found
  if (value.kind !== 'call' || value.callee !== 'defineTool') {
    report.add('not-a-tool', place, { file: module, found: describe(value) })
    return null
  }
  const tool = toolName(module)
  const [argument] = value.arguments
  if (argument?.kind !== 'object') {
    const construct =
      argument === undefined ? 'nothing is given to defineTool()' : `${describe(argument)} is given to defineTool()`
    report.add('unreadable-tool', argument?.place ?? place, { tool, construct })
    return null
  }
  for (const { place: at, construct } of argument.hidden) {
    report.add('unreadable-tool', at, { tool, construct: `it holds ${construct}` })
  }
  return argument
}

export function toolFacts(
  module: string,
  object: StaticObject,
  evaluated: Evaluated | undefined,
  report: Report,
): ToolFacts {
  const tool = toolName(module)
  const values = evaluated?.kind === 'tool' ? evaluated.value : null
  const annotations = member(object, 'annotations')
  return {
    module,
    place: object.place,
    access: readAccess(tool, object, report),
    description: readText(object, 'description', asRecord(values)),
    title: readText(object, 'title', asRecord(values)),
    annotations: annotations === null ? null : { value: values?.annotations ?? {}, place: annotations.place },
    hasHandler: hasHandler(object, values),
    input: schemaFact(tool, 'input', object, values, report),
    output: schemaFact(tool, 'output', object, values, report),
  }
}

function hasHandler(object: StaticObject, values: EvaluatedTool | null): boolean {
  return (member(object, 'run') !== null || absent(object) === 'unreadable') && (values?.hasHandler ?? true)
}

function asRecord(values: EvaluatedTool | null): Readonly<Record<string, unknown>> | null {
  return values === null ? null : { ...values }
}

function schemaFact(
  tool: string,
  side: 'input' | 'output',
  object: StaticObject,
  values: EvaluatedTool | null,
  report: Report,
): SchemaFact | null {
  const found = member(object, side)
  if (found === null) return null
  if (values === null) return { place: found.place, schema: null, isRaw: false }
  const outcome: EvaluatedSchema = values[side] ?? { problem: `it is undefined when the file runs` }
  if ('schema' in outcome) return { place: found.place, schema: outcome.schema, isRaw: outcome.isRaw ?? false }
  const code = outcome.isRaw ? 'schema-invalid' : 'schema-unrepresentable'
  report.add(code, found.place, { tool, side, problem: outcome.problem })
  return { place: found.place, schema: null, isRaw: false }
}
