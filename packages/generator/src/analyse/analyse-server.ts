import { startOf } from '../diagnostics/diagnostic.js'
import type { LoadedProject } from '../load/project.js'
import { readDefaultExport } from './default-export.js'
import type { Evaluated } from './evaluation.js'
import type { Fact, ServerFacts, SettingFact } from './facts.js'
import { reportUnknown } from './known-properties.js'
import { readAuth } from './read-auth.js'
import { readClients } from './read-clients.js'
import { readData } from './read-data.js'
import { readDenials } from './read-denials.js'
import { readLimits } from './read-limits.js'
import { readScopeDeclarations } from './read-scope-declarations.js'
import { readSetting } from './read-setting.js'
import { readText } from './read-text.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticObject, type StaticValue } from './static-value.js'

/** The object inside `defineServer( )`, if it can be read. */
export function readServerObject(project: LoadedProject, module: string, report: Report): StaticObject | null {
  const found = readDefaultExport(project, project.source(module))
  if (found.kind === 'none') return refuse(startOf(module), 'it has no default export')
  if (found.kind === 'elsewhere') return refuse(found.place, 'its default export is written in another file')
  const { value } = found
  if (value.kind !== 'call' || value.callee !== 'defineServer') {
    return refuse(found.place, `its default export is ${describe(value)}`)
  }
  return readArgument(value.arguments[0])

  function readArgument(argument: StaticValue | undefined): StaticObject | null {
    if (argument?.kind !== 'object')
      return refuse(
        argument?.place ?? value.place,
        `${argument ? describe(argument) : 'nothing'} is given to defineServer()`,
      )
    for (const hidden of argument.hidden) refuse(hidden.place, `it holds ${hidden.construct}`)
    return argument
  }

  function refuse(place: StaticValue['place'], construct: string): null {
    report.add('server-unreadable', place, { construct })
    return null
  }
}

export function serverFacts(
  module: string,
  object: StaticObject,
  evaluated: Evaluated | undefined,
  report: Report,
): ServerFacts {
  const values = evaluated?.kind === 'server' ? evaluated.value : null
  reportUnknown(object, 'server', 'the server', report)
  return {
    module,
    place: object.place,
    name: readText(object, 'name', values),
    version: readText(object, 'version', values),
    title: readText(object, 'title', values),
    icons: readData(object, 'icons', evaluated?.kind === 'server' ? evaluated.icons : undefined),
    instructions: readText(object, 'instructions', values),
    resource: readResource(object, report),
    scopes: readScopeDeclarations(object, values?.scopes, report),
    auth: readAuth(object, report),
    clients: readClients(object, report),
    denials: readDenials(object, report),
    limits: readLimits('the server', object, report),
  }
}

function readResource(object: StaticObject, report: Report): Fact<SettingFact> {
  const found = member(object, 'resource')
  if (found === null) return absent(object)
  const read = readSetting(found.value)
  if (!('kind' in read)) return read
  report.add('unreadable-resource', read.place, { construct: `it is ${read.construct}` })
  return 'unreadable'
}
