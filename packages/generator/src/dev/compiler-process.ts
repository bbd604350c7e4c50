/**
 * Main module of the compiler's process: the same `watch` as `build --watch`,
 * which makes JavaScript of every good build besides. A process of its own,
 * so that parsing never holds up a request.
 */
import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { BuildResult } from '../build.js'
import { onDisk, SERVER_MODULE } from '../load/layout.js'
import type { RunnableFile } from '../load/transpile.js'
import type { ServerModel } from '../model/server-model.js'
import { watch } from '../watch.js'
import type { Built, FromCompiler, Generation, ToCompiler } from './compiler-messages.js'
import { createDevFolder } from './dev-folder.js'
import { MAIN_MODULE } from './main-module.js'

/** What a project without a `main.ts` runs. */
const PLAIN_MAIN: RunnableFile = {
  source: MAIN_MODULE,
  path: 'main.js',
  content: `import { start } from '@mcp-secure/runtime'
import { createServer } from './generated/server.gen.js'

await start(createServer)
`,
}

const [, , directory = process.cwd(), newest = '0'] = process.argv
const abort = new AbortController()
process.once('disconnect', () => abort.abort())
// Ctrl+C reaches the whole terminal: who started this process ends it.
process.on('SIGINT', () => undefined)

const folder = createDevFolder(directory, Number(newest))
const { createTranspiler } = await import('../load/transpile.js')
const transpiler = createTranspiler(directory)
interface Last {
  readonly files: readonly RunnableFile[]
  readonly generation: Generation
  readonly model: ServerModel
}
let last: Last | null = null

process.on('message', ({ generations }: ToCompiler) => folder.keep(generations))

await watch({
  project: directory,
  programs: [MAIN_MODULE],
  signal: abort.signal,
  onBegin: () => send({ type: 'building' }),
  onBuild(result, milliseconds) {
    const started = performance.now()
    const built = runnable(result)
    const took = milliseconds + performance.now() - started
    send({ type: 'built', milliseconds: Math.round(took), diagnostics: result.diagnostics, built })
  },
})

function send(message: FromCompiler): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}

function runnable({ model, sources, files }: BuildResult): Built | null {
  if (model === null) return null
  const generated = files
    .filter(({ action, path }) => action !== 'remove' && path.endsWith('.ts'))
    .map(({ path }) => path)
  // A file that is gone again by now is seen by the next build.
  const present = [...sources, ...generated].filter((path) => existsSync(onDisk(directory, path)))
  const transpiled = transpiler.transpile(present)
  const runs = sources.includes(MAIN_MODULE) ? transpiled : [...transpiled, PLAIN_MAIN]
  const before = new Set(last?.files)
  const changed = runs.filter((file) => !before.has(file)).map(({ source }) => source)
  if (last !== null && changed.length === 0 && runs.length === before.size) {
    return { generation: last.generation, changed, model: null }
  }
  const definitions = [...model.tools, ...model.resources, ...model.prompts]
  const isExclusive = model.services !== null || sources.some((path) => !isPartOfSpec(path, definitions))
  const generation: Generation = { ...folder.write(runs), isExclusive }
  const own = last === null ? [] : changed.filter((path) => !generated.includes(path))
  const isSame = last !== null && isDeepStrictEqual(last.model, model)
  last = { files: runs, generation, model }
  return { generation, changed: own, model: isSame ? null : model }
}

/** The spec is made of definitions; what else there is may open things when it is loaded. */
function isPartOfSpec(path: string, definitions: readonly { readonly module: string }[]): boolean {
  return path === SERVER_MODULE || path === MAIN_MODULE || definitions.some(({ module }) => module === path)
}
