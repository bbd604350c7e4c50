import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { style } from './page/style.js'

export interface Asset {
  readonly type: string
  readonly body: string | Buffer
}

/** Libraries that the page imports by name, as the files of their packages: nothing is bundled. */
const libraries: readonly string[] = ['preact', 'preact/hooks', 'preact/jsx-runtime', 'oauth4webapi', 'uqr']

const script = 'text/javascript; charset=utf-8'

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#5b73e8" stroke-width="2" ' +
  'stroke-linecap="round" stroke-linejoin="round"><path d="M12 3l7 3v5c0 4.600-3 8.300-7 10-4-1.700-7-5.400-7-10V6z"/>' +
  '<path d="M9 12l2 2 4-4"/></svg>'

/**
 * Everything that the page may load, by path: read once, so that a request
 * chooses from a list and never names a file.
 */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>([
    ['/console/style.css', { type: 'text/css; charset=utf-8', body: style }],
    ['/console/icon.svg', { type: 'image/svg+xml', body: icon }],
  ])
  for (const name of libraries) {
    assets.set(libraryPath(name), { type: script, body: await readFile(new URL(import.meta.resolve(name))) })
  }
  // Beside the compiled server in `dist`, also when this runs from its source.
  const folder = new URL('../dist/browser/', import.meta.url)
  for (const entry of await readdir(folder, { recursive: true })) {
    if (extname(entry) !== '.js') continue
    const path = entry.replaceAll('\\', '/')
    assets.set(`/console/app/${path}`, { type: script, body: await readFile(fileURLToPath(new URL(path, folder))) })
  }
  return assets
}

/** What the browser needs to find the libraries by their names. */
export const importMap: string = JSON.stringify({
  imports: Object.fromEntries(libraries.map((name) => [name, libraryPath(name)])),
})

function libraryPath(name: string): string {
  return `/console/library/${name.replaceAll('/', '-')}.js`
}
