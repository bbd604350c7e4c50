// Compiles the packages, generates the servers of the examples, the starters and the conformance suite and compiles those.
import { join } from 'node:path'
import { root, runNode } from './install.mjs'

export const notes = join(root, 'examples', 'notes')
export const examples = [join(root, 'examples', 'hello'), notes, join(root, 'examples', 'forecast')]
const conformance = join(root, 'conformance', 'server')
const attacked = ['target', 'boards'].map((name) => join(root, 'attack', name))
const starters = ['minimal', 'notes', 'api'].map((name) => join(root, 'templates', 'project', name))

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
export const generator = join(root, 'packages', 'generator', 'bin', 'mcp-gen.js')

export function buildPackages() {
  runNode(compiler, ['--build'])
}

export function build() {
  buildPackages()
  for (const project of [...examples, conformance, ...starters, ...attacked]) buildProject(project)
}

/** Generates the server of a project, and compiles it. */
export function buildProject(project) {
  runNode(generator, ['build', '--project', project])
  runNode(compiler, ['--project', project])
}
