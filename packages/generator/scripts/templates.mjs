/**
 * The templates are developed in templates/code, and ship inside this package:
 * they are copied here when it is packed, and removed again.
 */
import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../../templates/code', import.meta.url))
const target = fileURLToPath(new URL('../templates', import.meta.url))

rmSync(target, { recursive: true, force: true })
if (process.argv[2] === 'copy') cpSync(source, target, { recursive: true })
