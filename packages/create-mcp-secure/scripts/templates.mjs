/**
 * The starters are developed in templates/project, and ship inside this package:
 * they are copied here when it is packed, without what running them left behind,
 * and removed again.
 */
import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../../templates/project', import.meta.url))
const target = fileURLToPath(new URL('../templates', import.meta.url))

const LEFT_BEHIND =
  /[\\/](?:node_modules|dist|generated|access\.lock\.json|\.data|\.mcp-secure|\.env(?:\.production)?)$/

rmSync(target, { recursive: true, force: true })
if (process.argv[2] === 'copy') cpSync(source, target, { recursive: true, filter: (path) => !LEFT_BEHIND.test(path) })
