import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Entry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Record<string, string>
}

const lockFile = new URL('../../package-lock.json', import.meta.url)
const packages: [string, Entry][] = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages)
const installed = packages.filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link)
const paths = new Set(packages.map(([path]) => path))

it('holds the binaries of every platform, without which npm ci refuses on a machine with an empty cache', () => {
  const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !paths.has(`node_modules/${name}`) && !paths.has(`${path}/node_modules/${name}`),
    ),
  )
  expect(missing).toEqual([])
})

it('pins every package by content and names no registry', () => {
  expect(installed.filter(([, { version, integrity }]) => !version || !integrity).map(([path]) => path)).toEqual([])
  expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
})

it('installs nothing that runs a script of its own', () => {
  expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([])
})
