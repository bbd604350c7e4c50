// Compiles the packages, generates the example's server and compiles that.
import { join } from 'node:path'
import { root, runNode } from './install.mjs'

export const notes = join(root, 'examples', 'notes')

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const generator = join(root, 'packages', 'generator', 'bin', 'mcp-gen.js')

export function build() {
  runNode(compiler, ['--build'])
  runNode(generator, ['build', '--project', notes])
  runNode(compiler, ['--project', notes])
}
