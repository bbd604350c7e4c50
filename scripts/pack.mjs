// `npm run pack`: writes every package as npm would publish it into packed/.
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackages } from './build.mjs'
import { installIfNeeded, requireNode, root, runNpm } from './install.mjs'

requireNode()
installIfNeeded()
buildPackages()
const target = join(root, 'packed')
rmSync(target, { recursive: true, force: true })
mkdirSync(target)
const workspaces = readdirSync(join(root, 'packages')).flatMap((folder) => ['--workspace', `packages/${folder}`])
runNpm(['pack', '--silent', '--pack-destination', target, ...workspaces])
