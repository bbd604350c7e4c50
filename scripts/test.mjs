// `npm test`: installs what is missing, builds, checks the types and runs every test.
import { join } from 'node:path'
import { build } from './build.mjs'
import { installIfNeeded, requireNode, root, runNode } from './install.mjs'

requireNode()
installIfNeeded()
build()
runNode(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ['--project', 'tsconfig.test.json'])
runNode(join(root, 'node_modules', 'vitest', 'vitest.mjs'), ['run', ...process.argv.slice(2)])
