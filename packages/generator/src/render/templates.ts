import { existsSync, readFileSync } from 'node:fs'
import { createRenderer, WRITERS } from './writers.js'

export type Template = (view: object) => string

/** Beside this package when it is installed, at the top of the repository when it is developed. */
const PLACES = [new URL('../../templates/', import.meta.url), new URL('../../../../templates/', import.meta.url)]

/** `code` is what a build writes, `add` what `mcp-gen add` starts a file with. */
export type TemplateFolder = 'code' | 'add'

/** The folder that the folders of templates are read from. */
export function templatesDirectory(): URL {
  const found = PLACES.find((place) => existsSync(new URL('code/policy.gen.ts.hbs', place)))
  if (found === undefined) throw new Error('the templates of mcp-gen are missing from its installation')
  return found
}

const compiled = new Map<string, Template>()

/** One template, compiled once: a build that is repeated renders all files again. */
export function templateOf(folder: TemplateFolder, file: string): Template {
  const path = `${folder}/${file}.hbs`
  const template = compiled.get(path) ?? compileTemplate(path)
  compiled.set(path, template)
  return template
}

/**
 * Compiles one template. `strict` refuses a field that the view lacks,
 * `knownHelpersOnly` a helper that is not a writer. HTML escaping is off, since
 * nothing here is HTML: the writers escape, each for where it writes.
 */
function compileTemplate(path: string): Template {
  const source = readFileSync(new URL(path, templatesDirectory()), 'utf8').replace(/\r\n/g, '\n')
  const template = createRenderer().compile(source, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(WRITERS.map((writer) => [writer, true])),
    noEscape: true,
  })
  return (view) => template(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false })
}
