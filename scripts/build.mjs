// Compiles the packages, generates the examples' servers and compiles those.
import { join } from 'node:path'
import { root, runNode } from './install.mjs'

export const notes = join(root, 'examples', 'notes')
const examples = [join(root, 'examples', 'hello'), notes, join(root, 'examples', 'forecast')]

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const generator = join(root, 'packages', 'generator', 'bin', 'mcp-gen.js')

export function buildPackages() {
  runNode(compiler, ['--build'])
}

export function build() {
  buildPackages()
  for (const example of examples) {
    runNode(generator, ['build', '--project', example])
    runNode(compiler, ['--project', example])
  }
}
