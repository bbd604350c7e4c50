// `npm run attack`, `npm run fuzz` and `npm run soak`: builds, then attacks generated servers. docs/security.md
import { join } from 'node:path'
import { build } from './build.mjs'
import { installIfNeeded, requireNode, root, runNode } from './install.mjs'

const PROGRAMS = { attack: ['main.js'], fuzz: ['fuzz', 'main.js'], soak: ['soak', 'main.js'] }
const [name = '', ...options] = process.argv.slice(2)

requireNode()
installIfNeeded()
build()
runNode(join(root, 'attack', 'dist', ...PROGRAMS[name]), options)
