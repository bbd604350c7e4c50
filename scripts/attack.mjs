// `npm run attack`, `npm run fuzz` and `npm run soak`: builds, then attacks generated servers. docs/security.md
// `npm run load:subscriptions`: the same for one server with many subscribers. docs/performance.md
import { join } from 'node:path'
import { build } from './build.mjs'
import { installIfNeeded, requireNode, root, runNode } from './install.mjs'

const PROGRAMS = {
  attack: ['main.js'],
  fuzz: ['fuzz', 'main.js'],
  soak: ['soak', 'main.js'],
  subscriptions: ['subscriptions', 'main.js'],
}
const [name = '', ...options] = process.argv.slice(2)

requireNode()
installIfNeeded()
build()
runNode(join(root, 'attack', 'dist', ...PROGRAMS[name]), options)
