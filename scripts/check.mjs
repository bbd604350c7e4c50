// `npm run check`: what is committed of the examples is what their specs say, and no access slipped.
import { buildPackages, examples, generator } from './build.mjs'
import { installIfNeeded, requireNode, runNode } from './install.mjs'

requireNode()
installIfNeeded()
buildPackages()
for (const project of examples) runNode(generator, ['build', '--check', '--project', project])
