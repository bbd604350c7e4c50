import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vitest/config'

/** Tests import what is built; a mutant lives in the source that it is built from. */
const sourceInsteadOfBuild: Plugin = {
  name: 'source-instead-of-build',
  enforce: 'pre',
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith('.') || !id.includes('/dist/')) return null
    const source = resolve(dirname(importer), id)
      .replace(/([\\/])dist([\\/])/, '$1src$2')
      .replace(/\.js$/, '.ts')
    return existsSync(source) ? source : null
  },
}

export default defineConfig({
  plugins: [sourceInsteadOfBuild],
  test: {
    include: [
      'packages/runtime/test/decision/**/*.test.ts',
      // What the spec says besides scopes, asked of whole servers in this process.
      'packages/runtime/test/{argument-scopes,fresh-login,hidden,scope-sets,subscriptions}.test.ts',
    ],
    exclude: ['**/node_modules/**'],
  },
})
