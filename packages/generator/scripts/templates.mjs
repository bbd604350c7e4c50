/**
 * The templates are developed in templates/code and templates/add, and ship
 * inside this package: they are copied here when it is packed, and removed again.
 */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../../templates', import.meta.url))
const target = fileURLToPath(new URL('../templates', import.meta.url))

rmSync(target, { recursive: true, force: true })
if (process.argv[2] === 'copy') {
  for (const folder of ['code', 'add']) cpSync(join(source, folder), join(target, folder), { recursive: true })
}
