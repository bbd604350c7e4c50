import { existsSync, readFileSync } from 'node:fs'
import type { GeneratedFile } from '../model/generated-files.js'
import { createRenderer, WRITERS } from './writers.js'

export type Template = (view: object) => string

/** Beside this package when it is installed, at the top of the repository when it is developed. */
const PLACES = [new URL('../../templates/', import.meta.url), new URL('../../../../templates/code/', import.meta.url)]

/** The folder that the templates are read from. */
export function templatesDirectory(): URL {
  const found = PLACES.find((place) => existsSync(new URL('policy.gen.ts.hbs', place)))
  if (found === undefined) throw new Error('the templates of mcp-gen are missing from its installation')
  return found
}

const compiled = new Map<GeneratedFile, Template>()

/** One template, compiled once: a build that is repeated renders all files again. */
export function templateOf(file: GeneratedFile): Template {
  const template = compiled.get(file) ?? compileTemplate(file)
  compiled.set(file, template)
  return template
}

/**
 * Compiles one template. `strict` refuses a field that the view lacks,
 * `knownHelpersOnly` a helper that is not a writer. HTML escaping is off, since
 * nothing here is HTML: the writers escape, each for where it writes.
 */
function compileTemplate(file: GeneratedFile): Template {
  const source = readFileSync(new URL(`${file}.hbs`, templatesDirectory()), 'utf8').replace(/\r\n/g, '\n')
  const template = createRenderer().compile(source, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(WRITERS.map((writer) => [writer, true])),
    noEscape: true,
  })
  return (view) => template(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false })
}
