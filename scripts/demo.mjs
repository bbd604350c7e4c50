// `npm run demo`: everything from a fresh clone to a server that clients log in to.
// `npm run demo -- --once` ends after the tour instead of leaving the server running.
import { join } from 'node:path'
import { build, notes } from './build.mjs'
import { installIfNeeded, requireNode, runNode } from './install.mjs'

requireNode()
installIfNeeded()
console.log('building …')
build()
runNode(join(notes, 'dist', 'tour', 'tour.js'), process.argv.slice(2))
