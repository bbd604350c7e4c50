// Compiles the packages, generates the servers of the examples, the starters and the conformance suite and compiles those.
import { join, relative } from 'node:path'
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

/** Generates the server of a project, and compiles it. Of many one line each is enough: which file is new says nothing. */
export function buildProject(project) {
  console.log(`  ${relative(root, project)}`)
  runNode(generator, ['build', '--quiet', '--project', project])
  runNode(compiler, ['--project', project])
}
